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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a host for things and writes down what it acknowledged. Each answer is empty if the host did not live to give it. */
final class Client {

    private static final Pattern CALL = Pattern.compile("\\bcall\\W+([0-9a-f]+) of \\d+");

    private final Dialogue dialogue;
    private final Acknowledged acknowledged;
    private final Path instance;

    Client(Dialogue dialogue, Acknowledged acknowledged, Path instance) {
        this.dialogue = dialogue;
        this.acknowledged = acknowledged;
        this.instance = instance;
    }

    Optional<JsonNode> submit(String job) {
        return submit(job, "");
    }

    Optional<JsonNode> submit(String job, String key) {
        Optional<JsonNode> answer = ask("job:submit " + job + (key.isEmpty() ? "" : " --key " + key));
        answer.ifPresent(node -> noteRefusal(node, job));
        answer.filter(node -> node.has("id"))
                .ifPresent(node -> acknowledged.write(
                        node.get("duplicate").asBoolean() ? Word.DUPLICATE : Word.STORED,
                        node.get("id").asText(),
                        key));
        return answer;
    }

    /** Submits a job and waits for its end. */
    boolean completes(String job) {
        return submit(job)
                .filter(answer -> answer.has("id"))
                .flatMap(answer -> ask("job:await " + answer.get("id").asText() + " 60"))
                .filter(ended -> ended.path("status").asText().equals("completed"))
                .isPresent();
    }

    /** All jobs of one call. */
    Optional<JsonNode> submit(List<String> lines) {
        return submit(lines, "");
    }

    /** The same for a user. */
    Optional<JsonNode> submitAs(String user, List<String> lines) {
        return submit(lines, " --as " + user);
    }

    private Optional<JsonNode> submit(List<String> lines, String as) {
        Path file = instance.resolve("call.jsonl");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<JsonNode> answer = ask("job:submit --batch " + file + as);
        answer.ifPresent(node -> noteRefusal(node, lines.get(0)));
        answer.ifPresent(node -> node.path("ids").forEach(id -> acknowledged.write(Word.STORED, id.asText(), "")));
        return answer;
    }

    private void noteRefusal(JsonNode answer, String job) {
        if (answer.at("/error/message").asText().contains("nothing was stored")) {
            call(job).ifPresent(call -> acknowledged.write(Word.REFUSED, call, ""));
        }
    }

    /** Which call a job belongs to, by what it has of labels. */
    static Optional<String> call(String labels) {
        Matcher found = CALL.matcher(labels);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Writes down that a cancel will be asked for. */
    void willCancel(String id) {
        acknowledged.write(Word.CANCEL, id, "");
    }

    Optional<JsonNode> cancel(String id) {
        return change("job:cancel ", id, Word.CANCEL, Word.CANCELLED);
    }

    Optional<JsonNode> retry(String id) {
        return change("job:retry ", id, Word.RETRY, Word.RETRIED);
    }

    /** The removal of old jobs, of which that one is the last. */
    Optional<JsonNode> purge(String id) {
        acknowledged.write(Word.PURGE, id, "");
        Optional<JsonNode> answer = ask("job:purge");
        if (answer.isPresent() && answer.get().has("removed")) {
            acknowledged.write(Word.PURGED, id, "");
        }
        return answer;
    }

    private Optional<JsonNode> change(String command, String id, Word asked, Word answered) {
        acknowledged.write(asked, id, "");
        Optional<JsonNode> answer = ask(command + id);
        if (answer.isPresent() && answer.get().has("jobs")) {
            acknowledged.write(answered, id, "");
        }
        return answer;
    }

    Optional<JsonNode> ask(String command) {
        return dialogue.ask(command);
    }
}
