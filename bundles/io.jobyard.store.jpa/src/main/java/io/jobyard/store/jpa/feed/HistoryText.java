// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.store.jpa.rows.LargeTexts;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text form of a job's history, with one line per change.
 *
 * <pre>{@code
 * 1 >qu 0/0 +0 "submitted"
 * 2 qu>ru 1/1 +5000000 h12 v3
 * 3 ru>wa 1/1 +5123456 h12 retry "boom; attempt 2 of 4 at 2027-01-31T08:00:07Z"
 * 4 wa>ca 1/1 +6000000 h12 by "ann, by administrator root"
 * }</pre>
 *
 * <p>A line contains the job's version after the change, the first two letters of the status before and after it, the run and the attempt,
 * and the microseconds since the job's creation. Optional parts follow: the numbers of the host and the handler, the reason, the actor, and
 * a detail. The actor is omitted if a submitter submits or a host does anything else. A line that does not begin with a number has a later
 * format.
 */
public final class HistoryText {

    /** Numbers that lines contain in place of names. */
    interface HistoryNumbers {
        int host(String name);

        int handler(HandlerName handler) throws SQLException;
    }

    /** Names for the numbers in a text. */
    public interface HistoryNames {
        String host(int number);

        HandlerName handler(int number) throws SQLException;
    }

    /**
     * A line of a history.
     *
     * @param version version of the job after the change
     */
    record HistoryLine(int version, HistoryEvent event) {}

    /** Values of the job that its lines omit. */
    public record HistoryOrigin(Instant createdAt, String submitter) {}

    private static final Map<String, JobStatus> STATUSES =
            Arrays.stream(JobStatus.values()).collect(Collectors.toMap(HistoryText::code, Function.identity()));

    private static final Pattern FIRST = Pattern.compile("([0-9]{1,9}) ");

    private HistoryText() {}

    /** Returns a line with its line end. */
    static String line(HistoryLine entry, HistoryOrigin origin, HistoryNumbers numbers) throws SQLException {
        HistoryEvent event = entry.event();
        StringBuilder line = new StringBuilder(64).append(entry.version()).append(' ');
        line.append(event.from() == null ? "" : code(event.from())).append('>').append(code(event.to()));
        line.append(' ')
                .append(event.run().number())
                .append('/')
                .append(event.run().attempt());
        long micros = ChronoUnit.MICROS.between(origin.createdAt(), event.at());
        line.append(micros < 0 ? " " : " +").append(micros);
        if (event.run().host() != null) {
            line.append(" h").append(numbers.host(event.run().host()));
        }
        if (event.run().handler() != null) {
            line.append(" v").append(numbers.handler(event.run().handler()));
        }
        if (event.reason() != null) {
            line.append(' ').append(event.reason().text().replace(' ', '-'));
        }
        if (!event.who().equals(usual(event.from(), origin))) {
            quote(line.append(" by "), event.who());
        }
        if (!event.why().isEmpty()) {
            quote(line.append(' '), LargeTexts.cut(event.why()));
        }
        return line.append('\n').toString();
    }

    private static String usual(@Nullable JobStatus from, HistoryOrigin origin) {
        return from == null ? origin.submitter() : HistoryEvent.HOST;
    }

    private static String code(JobStatus status) {
        return status.text().substring(0, 2);
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int n = 0; n < text.length(); n++) {
            char each = text.charAt(n);
            if (each == '\n') {
                line.append("\\n");
            } else {
                line.append(each == '"' || each == '\\' ? "\\" : "").append(each);
            }
        }
        line.append('"');
    }

    /** Parses the lines of a text, in their order. */
    static List<HistoryLine> read(String text, HistoryOrigin origin, HistoryNames names) throws SQLException {
        List<HistoryLine> entries = new ArrayList<>();
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            if (end < 0) {
                throw new IllegalArgumentException("the last line of a history is cut off: " + text.substring(begin));
            }
            String line = text.substring(begin, end);
            try {
                entries.add(new LineReader(line).entry(origin, names));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("a history has a line that cannot be read: " + line, e);
            }
            begin = end + 1;
        }
        return entries;
    }

    /** Returns the version in the first line of a text; 0 if the text has no line or is not a history. */
    static int first(String text) {
        Matcher number = FIRST.matcher(text);
        return number.lookingAt() ? Integer.parseInt(number.group(1)) : 0;
    }

    /** Parser for one line. */
    private static final class LineReader {

        private final String line;
        private int position;

        LineReader(String line) {
            this.line = line;
        }

        HistoryLine entry(HistoryOrigin origin, HistoryNames names) throws SQLException {
            int version = Integer.parseInt(word());
            String[] statuses = word().split(">", -1);
            JobStatus from = statuses[0].isEmpty() ? null : status(statuses[0]);
            String[] tries = word().split("/");
            Instant at = origin.createdAt().plus(Long.parseLong(word()), ChronoUnit.MICROS);
            String host = next('h') ? names.host(number()) : null;
            HandlerName handler = next('v') ? names.handler(number()) : null;
            Reason reason = isWord() && !line.startsWith("by \"", position) ? reason(word()) : null;
            String who = usual(from, origin);
            if (line.startsWith("by \"", position)) {
                position += "by ".length();
                who = quoted();
            }
            String why = isFinished() ? "" : quoted();
            if (!isFinished()) {
                throw new IllegalArgumentException("something follows at " + position);
            }
            HistoryEvent event = new HistoryEvent(
                    at,
                    who,
                    from,
                    status(statuses[1]),
                    reason,
                    new HistoryEvent.HistoryRun(host, Integer.parseInt(tries[0]), Integer.parseInt(tries[1]), handler),
                    why);
            return new HistoryLine(version, event);
        }

        private static JobStatus status(String code) {
            JobStatus status = STATUSES.get(code);
            if (status == null) {
                throw new IllegalArgumentException("no status begins with '" + code + "'");
            }
            return status;
        }

        private static Reason reason(String word) {
            return Reason.of(word.replace('-', ' '));
        }

        private boolean isFinished() {
            return position >= line.length();
        }

        private boolean isWord() {
            return !isFinished() && line.charAt(position) != '"';
        }

        /** Returns whether this letter and a number follow. A reason has no digit in this position. */
        private boolean next(char letter) {
            return position + 1 < line.length()
                    && line.charAt(position) == letter
                    && (Character.isDigit(line.charAt(position + 1)) || line.charAt(position + 1) == '-');
        }

        private int number() {
            return Integer.parseInt(word().substring(1));
        }

        private String word() {
            int end = line.indexOf(' ', position);
            String word = line.substring(position, end < 0 ? line.length() : end);
            position = end < 0 ? line.length() : end + 1;
            return word;
        }

        private String quoted() {
            if (line.charAt(position) != '"') {
                throw new IllegalArgumentException("no text begins at " + position);
            }
            StringBuilder text = new StringBuilder();
            for (position++; line.charAt(position) != '"'; position++) {
                char each = line.charAt(position);
                if (each != '\\') {
                    text.append(each);
                } else {
                    char escaped = line.charAt(++position);
                    text.append(escaped == 'n' ? '\n' : escaped);
                }
            }
            position += 2; // skips the sign and the space
            return text.toString();
        }
    }
}
