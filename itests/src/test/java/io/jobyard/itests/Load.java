// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Jobs of every kind, cancels and retries among them, as chance has it; remembers what the host acknowledged. */
final class Load {

    private static final List<String> POLICIES = List.of("fail", "cancel", "run");
    private static final int RECENT = 20;

    private final Random random;
    private final Path notes;
    private final List<String> jobs = new ArrayList<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Set<String> cancelAsked = new HashSet<>();
    private int retried;

    /** Whose handlers write their runs into that file. */
    Load(Random random, Path notes) {
        this.random = random;
        this.notes = notes;
    }

    /** Asks for so many things, or until the host is gone. */
    void press(Dialogue dialogue, int times) {
        for (int i = 0; i < times; i++) {
            int chance = jobs.isEmpty() ? 20 : random.nextInt(20);
            boolean answered =
                    chance < 2 ? cancel(dialogue, recent()) : chance < 4 ? retry(dialogue, recent()) : submit(dialogue);
            if (!answered) {
                return;
            }
        }
    }

    /** Every job whose submit was answered. */
    List<String> jobs() {
        return jobs;
    }

    /** How many retries were accepted. */
    int retried() {
        return retried;
    }

    /** Those whose cancel was answered, and which nobody has given another life. */
    Set<String> cancelled() {
        return cancelled;
    }

    /** Those and the ones whose cancel may or may not have come through. */
    Set<String> cancelAsked() {
        return cancelAsked;
    }

    private boolean submit(Dialogue dialogue) {
        Optional<JsonNode> answer = dialogue.ask("job:submit " + job());
        answer.map(node -> node.path("id").asText(""))
                .filter(id -> !id.isEmpty())
                .ifPresent(jobs::add);
        return answer.isPresent();
    }

    private boolean cancel(Dialogue dialogue, String id) {
        cancelAsked.add(id);
        Optional<JsonNode> answer = dialogue.ask("job:cancel " + id);
        if (answer.isPresent() && answer.get().has("jobs")) {
            cancelled.add(id);
        }
        return answer.isPresent();
    }

    private boolean retry(Dialogue dialogue, String id) {
        Optional<JsonNode> answer = dialogue.ask("job:retry " + id);
        boolean refused = answer.isPresent() && !answer.get().has("jobs");
        if (!refused) {
            cancelled.remove(id); // also if it is not known
            retried += answer.isPresent() ? 1 : 0;
        }
        return answer.isPresent();
    }

    private String job() {
        return switch (random.nextInt(20)) {
            case 0 -> "sleep {\"millis\":5000} --timeout 1 --retries 1";
            case 1, 2 -> "flaky {\"failures\":1}";
            case 3 -> "flaky {\"failures\":5} --retries 1";
            case 4, 5, 6, 7 -> "sleep {\"millis\":" + random.nextInt(10, 300) + "}";
            case 12, 13, 14, 15 -> noted();
            case 8, 9, 10, 11 -> "echo {} --priority " + random.nextInt(1, 11) + dependencies();
            default -> "echo {\"n\":" + random.nextInt() + "}";
        };
    }

    private String noted() {
        return "noted {\"file\":\"" + notes + "\",\"millis\":" + random.nextInt(100) + ",\"sleeps\":"
                + random.nextInt(2) + ",\"limits\":" + random.nextInt(2) + ",\"laterMillis\":" + random.nextInt(400)
                + "}";
    }

    private String dependencies() {
        if (jobs.isEmpty()) {
            return "";
        }
        return " --if-dependency-fails " + POLICIES.get(random.nextInt(3)) + " --depends " + recent() + "," + recent();
    }

    private String recent() {
        return jobs.get(jobs.size() - 1 - random.nextInt(Math.min(RECENT, jobs.size())));
    }
}
