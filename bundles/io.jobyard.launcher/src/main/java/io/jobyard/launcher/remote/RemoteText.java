// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a host says, as text for a terminal. */
final class RemoteText {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    /** Gates whose details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    private RemoteText() {}

    /** Empty if there is none. */
    static String text(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : "";
    }

    /** Local time, to the second; empty if there is none. */
    static String time(JsonNode json, String field) {
        String text = text(json, field);
        return text.isEmpty() ? "" : SHORT.format(Instant.parse(text).atZone(ZoneId.systemDefault()));
    }

    /** A status with its reason. */
    static String state(JsonNode json, String field) {
        String reason = text(json, "reason");
        return text(json, field) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** The lines of an answer on what keeps a job from starting, with the time before which it does not if there are several. */
    static List<String> blockers(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("blockedBy").forEach(blocker -> lines.add("  " + blocker(blocker)));
        if (lines.size() > 1 && answer.hasNonNull("earliestStart")) {
            lines.add("  it starts no earlier than " + isoTime(answer, "earliestStart"));
        }
        return lines;
    }

    /** In UTC to the second, as in the details; empty if there is none. */
    private static String isoTime(JsonNode json, String field) {
        String text = text(json, field);
        return text.isEmpty()
                ? ""
                : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String blocker(JsonNode blocker) {
        boolean named = NAMED.contains(text(blocker, "gate"));
        String until = isoTime(blocker, "until");
        return text(blocker, "gate")
                + (named ? " " : ": ")
                + text(blocker, "detail")
                + (until.isEmpty() ? "" : (named ? ", opens " : ", until ") + until);
    }

    static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** Columns as wide as they must be. */
    static List<String> table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width + 2 - row.get(column).length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
