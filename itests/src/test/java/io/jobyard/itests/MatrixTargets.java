// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What calls of the permission matrix are about. All of it is made while everybody may do everything; a call that is allowed uses
 * up what it is about.
 */
final class MatrixTargets {

    /** Of somebody, or of nobody, whose name is empty. */
    private record Kind(String name, String owner) {}

    private final Dialogue administrator;
    private final Map<Kind, Integer> wanted = new HashMap<>();
    private final Map<Kind, Deque<String>> made = new HashMap<>();
    private int number;

    MatrixTargets(Dialogue administrator) {
        this.administrator = administrator;
    }

    /** Says before {@link #make} that a call will use one up. */
    void want(String kind, String owner) {
        wanted.merge(kind(kind, owner), 1, Integer::sum);
    }

    /** Says the same of one that is there to be looked at. */
    void know(String kind, String owner) {
        wanted.putIfAbsent(kind(kind, owner), 1);
    }

    void make() {
        wanted.forEach((kind, count) -> {
            Deque<String> targets = new ArrayDeque<>();
            made.put(kind, targets);
            switch (kind.name()) {
                case "done" ->
                    submit(kind, targets, "echo '{\"text\": \"text of " + kind.owner() + "\"}' --group all", 1);
                case "late" -> submit(kind, targets, "echo {} --after 20h", count + 1);
                case "failed" -> submit(kind, targets, "flaky '{\"failures\": 99}' --retries 0", count + 1);
                case "asks" -> submit(kind, targets, "approval '{\"text\": \"a draft\"}'", count + 1);
                case "paused" -> {
                    submit(kind, targets, "echo {} --after 20h", count + 1);
                    targets.forEach(id -> answer("job:pause --job " + id));
                }
                default -> {
                    for (int each = 0; each <= count; each++) {
                        targets.add(named(kind));
                    }
                }
            }
        });
        made.forEach((kind, targets) -> {
            if (kind.name().equals("done") || kind.name().equals("failed")) {
                targets.forEach(id -> answer("job:await " + id));
            }
        });
    }

    private void submit(Kind kind, Deque<String> targets, String job, int count) {
        JsonNode answer = answer("job:submit " + job + " --times " + (count + 1) + " --as " + kind.owner());
        assertThat(answer.has("ids")).as(answer.toString()).isTrue();
        StreamSupport.stream(answer.get("ids").spliterator(), false)
                .map(JsonNode::asText)
                .forEach(targets::add);
    }

    private String named(Kind kind) {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT) + ++number;
        switch (kind.name()) {
            case "schedule" -> schedule(name, kind.owner());
            case "heldSchedule" -> {
                schedule(name, kind.owner());
                answer("job:schedule pause " + name);
            }
            case "token" -> answer("job:token create " + name + " --user " + kind.owner());
            case "limit" -> answer("job:limit set " + name + " running.max=2");
            case "queue" -> answer("job:queue set " + name + " running.max=2");
            case "heldQueue" -> answer("job:pause " + name);
            default -> throw new IllegalArgumentException(kind.toString());
        }
        return name;
    }

    private void schedule(String name, String owner) {
        answer("job:schedule add " + name + " --every 1d --type echo --as " + owner);
    }

    /** The next one; it stays unless it is used up. */
    String take(String kind, String owner, boolean isUsedUp) {
        Deque<String> targets = made.get(kind(kind, owner));
        return isUsedUp && !kind.equals("done") ? targets.remove() : targets.element();
    }

    int next() {
        return ++number;
    }

    private static Kind kind(String name, String owner) {
        return new Kind(name, name.equals("limit") || name.endsWith("ueue") ? "" : owner);
    }

    /** What the administrator is answered who may do everything. */
    JsonNode answer(String command) {
        JsonNode answer = administrator.answer(command);
        assertThat(answer.path("error").isObject()).as(command + ": " + answer).isFalse();
        return answer;
    }
}
