// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "job:log", description = "Show the log lines of a job, oldest first.")
final class LogCommand extends IdCommand {

    @Option(
            names = "--follow",
            description = "Print new lines as they arrive, until the job is finished; with --json, one JSON object per"
                    + " line. Ctrl-C stops the output, not the job.")
    boolean follow;

    private @Nullable LogLine last;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        StatusReporter status = user.status();
        JobId job = status.resolve(id);
        if (follow) {
            new FollowedRun(user).until(job, () -> printNew(status.log(job), user.screen()));
            return Answer.printed(0);
        }
        return Answer.of(EventView.LOG, status.log(job), (lines, screen) -> {
            if (lines.isEmpty()) {
                screen.line("job " + job + " has written no log");
            }
            lines.forEach(line -> screen.line(text(line)));
        });
    }

    /** Prints new lines. The job's log drops its oldest lines when it is full. */
    private void printNew(List<LogLine> lines, Screen screen) {
        for (LogLine line : lines.subList(lines.lastIndexOf(last) + 1, lines.size())) {
            if (json) {
                screen.json(EventView.LOG_LINE.json(line));
            } else {
                screen.line(text(line));
            }
            last = line;
        }
    }

    private static String text(LogLine line) {
        return JobText.time(line.at()) + " run " + line.run() + "  " + line.text();
    }
}
