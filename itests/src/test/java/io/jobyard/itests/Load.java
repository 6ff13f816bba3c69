// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.Acknowledged.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Jobs of every kind, cancels and retries among them, as chance has it; writes down what the host acknowledged. */
final class Load {

    private static final List<String> POLICIES = List.of("fail", "cancel", "run");
    private static final int RECENT = 20;

    private final Random random;
    private final Path instance;
    private final Acknowledged acknowledged;
    private final Graphs graphs;

    /** On the host of that instance. */
    Load(Random random, Path instance) throws IOException {
        this.random = random;
        this.instance = instance;
        acknowledged = Acknowledged.in(Checker.acknowledged(instance));
        graphs = new Graphs(random, this::noted);
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** Asks for so many things, or until the host is gone. */
    void press(Dialogue dialogue, int times) {
        for (int i = 0; i < times; i++) {
            if (!pressOnce(dialogue)) {
                return;
            }
        }
    }

    private boolean pressOnce(Dialogue dialogue) {
        int chance = acknowledged.jobs().isEmpty() ? 100 : random.nextInt(100);
        if (chance < 10) {
            return ask(dialogue, "job:cancel ", Word.CANCEL, Word.CANCELLED);
        } else if (chance < 20) {
            return ask(dialogue, "job:retry ", Word.RETRY, Word.RETRIED);
        } else if (chance < 25) {
            return submitGraph(dialogue);
        } else if (chance < 30) {
            return submit(dialogue, "sleep {\"millis\":100}", "key" + random.nextInt(5));
        }
        return submit(dialogue, job(), "");
    }

    private boolean submit(Dialogue dialogue, String job, String key) {
        Optional<JsonNode> answer = dialogue.ask("job:submit " + job + (key.isEmpty() ? "" : " --key " + key));
        answer.filter(node -> node.has("id"))
                .ifPresent(node -> acknowledged.write(
                        node.get("duplicate").asBoolean() ? Word.DUPLICATE : Word.STORED,
                        node.get("id").asText(),
                        key));
        return answer.isPresent();
    }

    private boolean submitGraph(Dialogue dialogue) {
        Path file = instance.resolve("graph.jsonl");
        try {
            Files.write(file, graphs.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<JsonNode> answer = dialogue.ask("job:submit --batch " + file);
        answer.ifPresent(node -> node.path("ids").forEach(id -> acknowledged.write(Word.STORED, id.asText(), "")));
        return answer.isPresent();
    }

    private boolean ask(Dialogue dialogue, String command, Word asked, Word answered) {
        String id = recent();
        acknowledged.write(asked, id, "");
        Optional<JsonNode> answer = dialogue.ask(command + id);
        if (answer.isPresent() && answer.get().has("jobs")) {
            acknowledged.write(answered, id, "");
        }
        return answer.isPresent();
    }

    private String job() {
        return switch (random.nextInt(20)) {
            case 0 -> "sleep {\"millis\":5000} --timeout 1 --retries 1";
            case 1, 2 -> "flaky {\"failures\":1}";
            case 3 -> "flaky {\"failures\":5} --retries 1";
            case 4, 5 -> "sleep {\"millis\":" + random.nextInt(10, 300) + "}";
            case 6 -> "echo {} --after " + random.nextInt(2000) + "ms";
            case 7 -> "sleep {\"millis\":50} --priority 10 --expires 3s";
            case 8, 9 -> "noted " + noted() + " --queue " + Checker.NARROW;
            case 10, 11 ->
                "echo {\"n\":" + random.nextInt() + "} --limits metered --estimate tokens=" + random.nextInt(5);
            case 12, 13, 14, 15 -> "noted " + noted() + dependencies();
            case 16 -> "echo {\"text\":\"" + "x".repeat(3000) + "\"}";
            default -> "echo {} --priority " + random.nextInt(1, 11) + dependencies();
        };
    }

    private String noted() {
        return "{\"file\":\"" + Checker.notes(instance) + "\",\"millis\":" + random.nextInt(100) + ",\"sleeps\":"
                + random.nextInt(2) + ",\"limits\":" + random.nextInt(2) + ",\"laterMillis\":" + random.nextInt(400)
                + "}";
    }

    private String dependencies() {
        if (acknowledged.jobs().isEmpty() || random.nextBoolean()) {
            return "";
        }
        return " --if-dependency-fails " + POLICIES.get(random.nextInt(3)) + " --depends " + recent() + "," + recent();
    }

    private String recent() {
        List<String> jobs = acknowledged.jobs();
        return jobs.get(jobs.size() - 1 - random.nextInt(Math.min(RECENT, jobs.size())));
    }
}
