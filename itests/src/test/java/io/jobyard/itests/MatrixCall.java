// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.spi.access.AccessRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code permission-calls.txt}.
 *
 * @param operations all that it takes, for each way to have what it takes
 * @param by the interface: http, direct or speaker of http, shell, mcp or bundle
 * @param call with what is filled in, in braces
 * @param shows what only an allowed call shows; empty for nothing
 */
record MatrixCall(List<List<AccessRule>> operations, String by, String call, String shows) {

    private static final String SHOWS = " => ";
    private static final Pattern FILLED = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final List<String> OF_NOBODY =
            List.of("n", "me", "limit", "queue", "heldQueue", "directory", "file");

    static List<MatrixCall> all() throws IOException {
        try (InputStream file = MatrixCall.class.getResourceAsStream("/permission-calls.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(MatrixCall::of)
                    .toList();
        }
    }

    private static MatrixCall of(String line) {
        String[] parts = line.split(" \\| ", 3);
        String[] call = parts[2].split(SHOWS, 2);
        List<List<AccessRule>> operations =
                Arrays.stream(parts[0].split(" or ")).map(MatrixCall::all).toList();
        return new MatrixCall(operations, parts[1], call[0], call.length > 1 ? call[1] : "");
    }

    private static List<AccessRule> all(String joined) {
        return joined.equals("NONE")
                ? List.of()
                : Arrays.stream(joined.split("\\+")).map(AccessRule::valueOf).toList();
    }

    /** The names of all that is filled in. */
    List<String> filled() {
        return FILLED.matcher(call).results().map(found -> found.group(1)).toList();
    }

    /** Whether it is about what belongs to somebody. */
    boolean isOfSomebody() {
        return filled().stream().anyMatch(name -> !OF_NOBODY.contains(name));
    }

    boolean isAllowed(MatrixRole role, boolean isOwn) {
        return operations.stream().anyMatch(all -> all.stream().allMatch(operation -> role.may(operation, isOwn)));
    }

    interface Values {
        String of(String name);
    }

    String with(Values values) {
        return FILLED.matcher(call)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement(values.of(found.group(1))));
    }

    /** Whether an allowed call ends with an error of another kind. */
    boolean fails() {
        return shows.startsWith("!");
    }

    String shownFor(String user) {
        return (fails() ? shows.substring(1) : shows).replace("{user}", user);
    }

    @Override
    public String toString() {
        return by + " " + call + (shows.isEmpty() ? "" : SHOWS + shows);
    }
}
