// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row on its way into the database.
 *
 * @param sql the statement
 * @param who who moves a job with it, from which status to which, and why; all empty if it moves none
 */
record Sent(String sql, String who, String from, String to, String reason) {

    private static final String INSERT = "INSERT INTO job (";
    private static final String UPDATE = "UPDATE job SET ";
    private static final Pattern SEARCH = Pattern.compile("(INSERT INTO|UPDATE|DELETE FROM) search_");
    private static final String TRAIL = "trail = ?";
    private static final String HOST = "jobyard";
    private static final Map<String, String> STATUSES = Map.of(
            "wa", "waiting", "qu", "queued", "ru", "running", "co", "completed", "fa", "failed", "ca", "cancelled");

    /** A line of a job's history. */
    private static final Pattern LAST =
            Pattern.compile("(?<version>\\d+) (?<from>\\w*)>(?<to>\\w+) \\d+/\\d+ \\+?-?\\d+(?: h-?\\d+)?(?: v\\d+)?"
                    + "(?: (?!by )(?<reason>[a-z-]+))?(?: by \"(?<who>[^\"]*).*| .*)?\\n$");

    /** Moves no job. */
    static Sent of(String sql) {
        return new Sent(sql, "", "", "", "");
    }

    static Sent move(Object who, Object from, Object to, Object reason) {
        return new Sent(
                UPDATE,
                Objects.toString(who, ""),
                Objects.toString(from, ""),
                Objects.toString(to, ""),
                Objects.toString(reason, ""));
    }

    /**
     * With the parameters by their positions: a job moves if the history in its row gets a line. A new job that starts at once has two.
     */
    static List<Sent> of(String sql, Map<Integer, Object> values) {
        int trail = trail(sql);
        if (trail == 0) {
            return List.of(of(sql));
        }
        String text = (String) values.get(trail);
        if (text.isEmpty()) {
            return List.of(of(sql)); // the job has changed meanwhile: the row does not meet it
        }
        if (sql.startsWith(INSERT)) {
            return text.lines().map(line -> of(sql, line(line + "\n"))).toList();
        }
        Matcher line = line(text.substring(text.lastIndexOf('\n', text.length() - 2) + 1));
        int version = marks(sql); // UPDATE job SET … WHERE id = ? AND version = ?
        boolean isNew = Integer.parseInt(line.group("version")) == (Integer) values.get(version) + 1;
        return List.of(isNew ? of(sql, line) : of(sql));
    }

    private static Matcher line(String text) {
        Matcher line = LAST.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException("no history of a job ends so: " + text);
        }
        return line;
    }

    private static Sent of(String sql, Matcher line) {
        String from = STATUSES.getOrDefault(line.group("from"), "");
        return new Sent(
                sql,
                Objects.requireNonNullElse(line.group("who"), HOST),
                from,
                STATUSES.get(line.group("to")),
                Objects.requireNonNullElse(line.group("reason"), "").replace('-', ' '));
    }

    /** The position of a job's history among the parameters; 0 if there is none. */
    private static int trail(String sql) {
        if (sql.startsWith(INSERT)) {
            String columns = sql.substring(INSERT.length(), sql.indexOf(')'));
            return Arrays.asList(columns.split(", ")).indexOf("trail") + 1;
        }
        int end = sql.startsWith(UPDATE) ? sql.indexOf(TRAIL) + TRAIL.length() : 0;
        return marks(sql.substring(0, end));
    }

    static int marks(String sql) {
        return (int) sql.chars().filter(sign -> sign == '?').count();
    }

    /** Whether it is of the feed or of the search index, which repeat other rows. */
    boolean isDerived() {
        return sql.startsWith("INSERT INTO feed ") || SEARCH.matcher(sql).lookingAt();
    }

    boolean isMove() {
        return !to.isEmpty();
    }

    boolean moves(String wantedFrom, String wantedTo) {
        return isMove() && from.matches(wantedFrom) && to.matches(wantedTo);
    }

    /** Other than for the sake of a job it waited for. */
    boolean ends() {
        return moves("waiting|queued|running", "completed|failed|cancelled") && !because("dependency");
    }

    boolean because(String wanted) {
        return reason.equals(wanted);
    }

    boolean bySomebody() {
        return isMove() && !who.equals(HOST);
    }

    static boolean any(List<Sent> rows, String sql) {
        return rows.stream().anyMatch(row -> row.sql().contains(sql));
    }
}
