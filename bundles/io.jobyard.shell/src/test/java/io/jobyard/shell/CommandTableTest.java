// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of the commands' JSON has the keys of their answers. */
class CommandTableTest {

    /** For each {@code {…}} of a command's row, in order: the call that answers so, and where in its answer. */
    private static final Map<String, List<String>> ANSWERS = Map.ofEntries(
            entry("submit", List.of("submit echo {}", "submit echo {} --times 2")),
            entry("show", List.of("show 1")),
            entry("await", List.of("await 1")),
            entry("list", List.of("list", "list --pending")),
            entry("result", List.of("result 1")),
            entry("history", List.of("history 1")),
            entry(
                    "stats",
                    List.of("stats", "stats /activity", "stats /activity/perMinute/started", "stats /activity/waits")),
            entry("log", List.of("log 1")),
            entry("explain", List.of("explain 1")),
            entry("cancel", List.of("cancel 1 2")),
            entry("retry", List.of("retry 1 3")),
            entry("change", List.of("change 1 2 --priority 2")),
            entry("audit", List.of("audit", "audit --verify")),
            entry("doctor", List.of("doctor")),
            entry("config", List.of("config")),
            entry("queues", List.of("queues")),
            entry("limits", List.of("limits")),
            entry("handlers", List.of("handlers")),
            entry("pause", List.of("pause llm")),
            entry("resume", List.of("resume llm")),
            entry("release", List.of("release com.acme.words")),
            entry("purge", List.of("purge")),
            entry("backup", List.of("backup b")),
            entry("check", List.of("check")),
            entry("compact", List.of("compact")),
            entry("help", List.of("help")));

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z`, ]+`) \\| (.*) \\|$");
    private static final Pattern SHAPE = Pattern.compile("`(\\{.*?})`");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z0-9]+|[{}]");

    @TempDir
    Path directory;

    @Test
    void theTableHasTheKeysOfTheAnswers() throws Exception {
        TestShell shell = new TestShell(directory);
        shell.call("submit", "echo", "{}");
        shell.call("submit", "slow", "{}");
        shell.call("submit", "bad", "{}");
        shell.call("pause", "llm");
        rows().forEach((command, shapes) -> {
            List<String> answers = ANSWERS.getOrDefault(command, List.of());
            assertThat(shapes).as("the shapes of %s", command).hasSameSizeAs(answers);
            for (int i = 0; i < shapes.size(); i++) {
                Map<String, Set<String>> told = keys(shapes.get(i));
                Map<String, Set<String>> seen = new TreeMap<>();
                collect("/", answer(shell, answers.get(i)), told.keySet(), seen);
                assertThat(seen).as("the keys of %s", answers.get(i)).isEqualTo(told);
            }
        });
    }

    @Test
    void everyCommandHasARow() throws Exception {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrderElementsOf(Commands.lines().stream()
                        .map(line -> Commands.name(line).substring("job:".length()))
                        .filter(name -> !name.equals("export"))
                        .toList());
    }

    private static Map<String, List<String>> rows() throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        ROW.matcher(Files.readString(Path.of("src/test/resources/commands-head.md")))
                .results()
                .forEach(row -> {
                    List<String> shapes = SHAPE.matcher(row.group(2))
                            .results()
                            .map((MatchResult shape) -> shape.group(1))
                            .toList();
                    for (String command : row.group(1).replace("`", "").split(", ")) {
                        rows.put(command, shapes);
                    }
                });
        return rows;
    }

    private static JsonNode answer(TestShell shell, String call) {
        String[] words = call.split(" /", 2);
        String[] typed = (words[0] + " --json").split(" ");
        TestShell.Answer answer =
                shell.call(typed[0], List.of(typed).subList(1, typed.length).toArray(String[]::new));
        try {
            return new ObjectMapper().readTree(answer.out()).at(words.length == 1 ? "" : "/" + words[1]);
        } catch (java.io.IOException e) {
            throw new AssertionError(call + ": " + answer, e);
        }
    }

    /** The keys of a shape such as {@code {a, b: [{c}]}}, by the place of their object: here two. */
    private static Map<String, Set<String>> keys(String shape) {
        Map<String, Set<String>> keys = new TreeMap<>();
        String place = "";
        String last = "";
        for (String word : WORD.matcher(shape).results().map(MatchResult::group).toList()) {
            if (word.equals("{")) {
                place += "/" + last;
                keys.put(place, new TreeSet<>());
            } else if (word.equals("}")) {
                place = place.substring(0, place.lastIndexOf('/'));
            } else {
                keys.get(place).add(word);
                last = word;
            }
        }
        return keys;
    }

    private static void collect(String place, JsonNode node, Set<String> places, Map<String, Set<String>> seen) {
        if (node.isArray()) {
            node.forEach(each -> collect(place, each, places, seen));
        } else if (node.isObject() && places.contains(place)) {
            Set<String> keys = seen.computeIfAbsent(place, any -> new TreeSet<>());
            node.properties().forEach(field -> {
                keys.add(field.getKey());
                collect(place + "/" + field.getKey(), field.getValue(), places, seen);
            });
        }
    }
}
