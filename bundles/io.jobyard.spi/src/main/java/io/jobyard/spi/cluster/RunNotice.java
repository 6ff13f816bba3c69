// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import io.jobyard.spi.jobs.LiveRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Progress of a host's runs, as a text for other hosts: one line per run, with fields separated by tabs. */
public final class RunNotice {

    private static final int FIELDS = 9;
    /** Maximum length of a handler's text. It is short, because there may be many runs. */
    private static final int LONGEST = 500;

    private RunNotice() {}

    /** Writes a line for each run, by job. Long texts are shortened. */
    public static String write(Map<JobId, LiveRun> runs) {
        return runs.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(JobId id, LiveRun run) {
        Progress progress = run.progress();
        return String.join(
                "\t",
                id.value().toString(),
                String.valueOf(run.run()),
                run.startedAt() == null ? "" : run.startedAt().toString(),
                progress == null ? "" : progress.at().toString(),
                progress == null ? "" : String.valueOf(progress.done()),
                progress == null ? "" : String.valueOf(progress.total()),
                progress == null ? "" : escaped(progress.text()),
                run.ending() == null ? "" : escaped(run.ending()),
                run.extendedTo() == null ? "" : run.extendedTo().toString());
    }

    /** Reads the runs from the text of {@link #write}. */
    public static Map<JobId, LiveRun> read(String text) {
        Map<JobId, LiveRun> runs = new HashMap<>();
        text.lines().map(line -> line.split("\t", -1)).forEach(field -> {
            if (field.length == FIELDS) { // otherwise the notice comes from another version of the program
                runs.put(new JobId(UUID.fromString(field[0])), run(field));
            }
        });
        return runs;
    }

    private static LiveRun run(String[] field) {
        Progress progress = field[3].isEmpty()
                ? null
                : new Progress(
                        Long.parseLong(field[4]), Long.parseLong(field[5]), plain(field[6]), Instant.parse(field[3]));
        return new LiveRun(
                Integer.parseInt(field[1]),
                field[2].isEmpty() ? null : Instant.parse(field[2]),
                progress,
                field[8].isEmpty() ? null : Instant.parse(field[8]),
                field[7].isEmpty() ? null : plain(field[7]));
    }

    private static String escaped(String text) {
        String some = text.length() <= LONGEST
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST) + "…";
        return some.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String plain(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < escaped.length(); n++) {
            char sign = escaped.charAt(n);
            if (sign == '\\' && n + 1 < escaped.length()) {
                n++;
                sign = switch (escaped.charAt(n)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> escaped.charAt(n);
                };
            }
            text.append(sign);
        }
        return text.toString();
    }
}
