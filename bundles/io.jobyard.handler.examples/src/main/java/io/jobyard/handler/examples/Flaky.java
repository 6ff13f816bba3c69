// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import org.osgi.service.component.annotations.Component;

/** Handler that fails in its first {@code failures} attempts, then completes and returns the attempt number. */
@Component
@HandlesJob(
        value = "flaky",
        description =
                "A demonstration of retries: fails in its first attempts, then completes and returns the attempt number. "
                        + "Changes nothing.")
public final class Flaky implements TypedJobHandler<Flaky.Failures, Flaky.LastAttempt> {

    /** Payload of the job. */
    public record Failures(
            @Field(description = "number of attempts that fail", min = 0, max = 1000)
            int failures) {}

    /** Result of the job. */
    public record LastAttempt(
            @Field(description = "number of the attempt that completed")
            int attempt) {}

    @Override
    public LastAttempt handle(Failures payload, JobContext context) {
        if (context.attempt() <= payload.failures()) {
            String text = "attempt " + context.attempt() + " of " + payload.failures() + " that fail";
            context.log(text);
            throw new IllegalStateException(text);
        }
        return new LastAttempt(context.attempt());
    }
}
