// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Handler that fails in its first {@code failures} attempts, then completes and returns the attempt number. */
@Component
@HandlesJob(
        value = "flaky",
        description =
                "A demonstration of retries: fails in its first attempts, then completes and returns the attempt number. "
                        + "Changes nothing.")
public final class Flaky implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        int failures = context.payload(FlakyPayload.class).failures();
        if (context.attempt() <= failures) {
            String text = "attempt " + context.attempt() + " of " + failures + " that fail";
            context.log(text);
            throw new IllegalStateException(text);
        }
        return Map.of("attempt", context.attempt());
    }

    record FlakyPayload(int failures) {}
}
