// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunProgress;
import io.jobyard.api.handler.TypedJobHandler;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/**
 * Handler that drafts a text in a step, waits without a worker for the signal {@code approved}, and records in a
 * further step who sent it.
 */
@Component
@HandlesJob(
        value = "approval",
        description = "A demonstration of an approval: drafts a text, waits up to 7 days for the signal "
                + "approved, and returns who sent it.")
public final class ApprovalDemo implements TypedJobHandler<ApprovalDemo.Request, ApprovalDemo.Approved> {

    /** Payload of the job. */
    public record Request(
            @Field(description = "subject of the draft") String text) {}

    /** Result of the job. */
    public record Approved(
            @Field(description = "the draft") String draft,
            @Field(description = "value of the signal") String approvedBy,

            @Field(description = "number of the run that sent the draft")
            int sentInRun) {}

    private static final Duration TIMEOUT = Duration.ofDays(7);

    @Override
    public Approved handle(Request payload, JobContext context) throws Exception {
        String draft = context.step("draft", String.class, () -> draft(context, payload.text()));
        String by = context.signal("approved", String.class, TIMEOUT)
                .orElseThrow(() -> new PermanentException("signal approved not received within 7 days"));
        int sent = context.step("send", Integer.class, () -> {
            context.emit("sent, as " + by + " approved\n");
            return context.run();
        });
        return new Approved(draft, by, sent);
    }

    private static String draft(RunProgress context, String text) {
        String draft = "Draft: " + text;
        context.emit(draft + "\n");
        return draft;
    }
}
