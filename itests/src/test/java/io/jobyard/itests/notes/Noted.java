// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.notes;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.SleepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        Payload payload = context.payload(Payload.class);
        note(context, payload, "begins");
        Thread.sleep(payload.millis());
        if (context.run() <= payload.sleeps()) {
            throw new SleepException("run " + context.run() + " sleeps", Duration.ofMillis(payload.laterMillis()));
        } else if (context.run() <= payload.sleeps() + payload.limits()) {
            throw new RateLimitedException("429", Duration.ofMillis(payload.laterMillis()), null);
        }
        note(context, payload, "ends");
        return Map.of("run", context.run());
    }

    /** One write at the end of the file, so that a line is there whole or not at all. */
    private static void note(JobContext context, Payload payload, String what) throws IOException {
        String line = String.join(
                " ", context.job().id().toString(), String.valueOf(context.run()), Instant.now() + "", what + "\n");
        Files.writeString(Path.of(payload.file()), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    record Payload(String file, int millis, int sleeps, int limits, int laterMillis) {}
}
