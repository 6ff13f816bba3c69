// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.notes;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.SleepException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Writes each of its runs into a file that the host knows nothing of, and comes back later in its first runs. */
@Component
@HandlesJob("noted")
public final class Noted implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws IOException, InterruptedException {
        Instant firstLine = Instant.now();
        Payload payload = context.payload(Payload.class);
        note(context, payload, firstLine, "begins");
        String end = "leaves";
        try {
            context.log("run " + context.run());
            context.progress(0, payload.millis(), "begun");
            Thread.sleep(payload.millis());
            comeBackLater(context, payload);
            end = "ends";
        } finally {
            note(context, payload, Instant.now(), end);
        }
        return Map.of("run", context.run());
    }

    private static void comeBackLater(JobContext context, Payload payload) {
        if (context.run() <= payload.sleeps()) {
            throw new SleepException("run " + context.run() + " sleeps", Duration.ofMillis(payload.laterMillis()));
        } else if (context.run() <= payload.sleeps() + payload.limits()) {
            throw new RateLimitedException("429", Duration.ofMillis(payload.laterMillis()), null);
        }
    }

    /** One write at the end of the file, so that a line is there whole or not at all; no interrupt reaches it. */
    private static void note(JobContext context, Payload payload, Instant at, String what) throws IOException {
        String line = String.join(
                " ",
                context.job().id().toString(),
                String.valueOf(context.run()),
                at.toString(),
                what,
                String.valueOf(ProcessHandle.current().pid()),
                context.job().terms().routing().queue() + "\n");
        try (OutputStream file = new FileOutputStream(payload.file(), true)) {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    record Payload(String file, int millis, int sleeps, int limits, int laterMillis) {}
}
