// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Output of a background host. */
final class HostConsole {

    private static final int REASON_LINES = 3;
    private static final Pattern FOR_PEOPLE = Pattern.compile("(ERROR|WARN|jobyard): .*|\\[.*\\[(warning|error) *].*");

    private HostConsole() {}

    /**
     * Returns its last messages for people, joined: lines of the log and the launcher, and Java's warnings. Without
     * any, returns the first lines, because a Java that refuses its options prints nothing else.
     */
    static String reason(InstanceDirectory instance) throws IOException {
        // A handler may have printed other bytes than UTF-8.
        List<String> printed = new String(Files.readAllBytes(instance.console()), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .toList();
        List<String> said = printed.stream()
                .filter(line -> FOR_PEOPLE.matcher(line).matches())
                .toList();
        if (said.isEmpty()) {
            return printed.isEmpty()
                    ? "no reason was logged"
                    : String.join("; ", printed.subList(0, Math.min(REASON_LINES, printed.size())));
        }
        return String.join("; ", said.subList(Math.max(0, said.size() - REASON_LINES), said.size()));
    }
}
