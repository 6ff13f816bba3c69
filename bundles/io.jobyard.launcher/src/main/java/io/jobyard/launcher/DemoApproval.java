// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Predicate;

/** Last job of the demo. It drafts a text in a step, waits for a signal without a worker, and continues. */
final class DemoApproval {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 100;

    private final HostShell shell;
    private final PrintStream out;

    DemoApproval(HostShell shell, PrintStream out) {
        this.shell = shell;
        this.out = out;
    }

    /** Returns whether the job completed and wrote its draft once. */
    boolean run() throws IOException, InterruptedException {
        String id = shell.json("job:submit approval {\"text\":\"the table\"} --json", "")
                .get("id")
                .asText();
        JsonNode waiting = await(id, job -> job.path("reason").asText().equals("signal"));
        out.println("another job has stored its draft in a step and waits for a signal without a worker: "
                + waiting.get("status").asText() + ", run " + waiting.get("run"));
        shell.json("job:signal " + id + " approved '\"demo\"' --json", "");
        JsonNode ended = await(id, job -> !job.path("completedAt").isNull());
        out.println("approved: " + ended.get("status").asText() + " in run " + ended.get("run")
                + "; the draft is still from run " + ended.at("/steps/0/run"));
        return ended.get("status").asText().equals("completed")
                && ended.at("/steps/0/run").asInt() == 1;
    }

    private JsonNode await(String id, Predicate<JsonNode> until) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            JsonNode job = shell.json("job:show " + id + " --json", "");
            if (until.test(job) || !job.path("completedAt").isNull()) {
                return job;
            } else if (System.nanoTime() > end) {
                throw new LaunchException(
                        "job " + id + " is " + job.get("status").asText() + " after a minute; see job:explain");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
