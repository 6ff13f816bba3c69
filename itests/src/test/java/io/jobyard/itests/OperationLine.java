// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Command line of an operation.
 *
 * @param template the command; inputs in braces are arguments
 * @param options by input: the option, or the label of an argument, that does not have the name of the input; a dash for an input that
 *     the command does not have
 */
record OperationLine(String template, Map<String, String> options) {

    /** Mark of an input that a command does not have. */
    private static final String WITHOUT = "-";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** Returns the lines by the names of their operations. */
    static Map<String, OperationLine> all() throws IOException {
        Map<String, OperationLine> all = new HashMap<>();
        try (InputStream file = OperationLine.class.getResourceAsStream("/same-commands.txt")) {
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> all.put(line.split(" ")[0], of(line.split(" "))));
        }
        return all;
    }

    private static OperationLine of(String... words) {
        List<String> command = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.matches("[A-Za-z]+=.+")) {
                options.put(word.split("=")[0], word.split("=")[1]);
            } else {
                command.add(word);
            }
        }
        return new OperationLine(String.join(" ", command), options);
    }

    /** Returns the line for these inputs; null if a line cannot have them, for example a number in place of a text. */
    @Nullable
    String line(AnswerCase each, Map<String, Object> inputs) {
        List<String> arguments = PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .toList();
        boolean isTyped = each.field().isEmpty()
                || each.operation().inputs().stream()
                        .anyMatch(input -> input.name().equals(each.field()) && input.is("integer"));
        boolean isWithout =
                inputs.keySet().stream().anyMatch(name -> option(name).equals(WITHOUT));
        if (!isTyped || isWithout || !inputs.keySet().containsAll(arguments)) {
            return null;
        }
        StringBuilder line = new StringBuilder(PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> quoted(inputs.get(found.group(1))).replace("$", "\\$")));
        inputs.forEach((name, value) -> {
            if (!arguments.contains(name)) {
                String option = option(name).startsWith("--") ? option(name) + " " : "";
                List<?> all = value instanceof List<?> list ? list : List.of(value);
                all.forEach(one -> line.append(' ').append(option).append(quoted(one)));
            }
        });
        return line.toString();
    }

    private String option(String input) {
        return options.getOrDefault(
                input, "--" + input.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private static String quoted(Object value) {
        if (value instanceof Map<?, ?> settings) {
            return String.join(
                    " ", settings.entrySet().stream().map(OperationLine::quoted).toList());
        }
        return "'" + value + "'";
    }

    /** Returns an answer with inputs in place of the options and arguments that the user types. */
    InterfaceAnswer named(AnswerCase each, InterfaceAnswer answer) {
        String input = each.field();
        if (input.isEmpty() || answer.code().isEmpty()) {
            return answer;
        }
        String option = option(input);
        return new InterfaceAnswer(
                answer.code(),
                answer.field().replace(option, input),
                answer.text().replaceFirst("^" + option + "(?= )", input));
    }
}
