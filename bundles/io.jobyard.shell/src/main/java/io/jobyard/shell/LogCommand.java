// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:log}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "log")
public final class LogCommand extends JobCommand<LogCommand.Line> {

    @Command(name = "job:log", description = "Show what a job's handler wrote to its log, the oldest line first.")
    static final class Line extends IdOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public LogCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        JobId id = status.resolve(options.id);
        List<LogLine> lines = status.log(id);
        if (options.json) {
            screen.json(Map.of("lines", lines.stream().map(LogCommand::json).toList()));
        } else if (lines.isEmpty()) {
            screen.line("job " + id + " has written no log");
        } else {
            lines.forEach(line -> screen.line(JobText.time(line.at()) + " run " + line.run() + "  " + line.text()));
        }
        return 0;
    }

    private static Map<String, @Nullable Object> json(LogLine line) {
        return Json.object("at", Json.instant(line.at()), "run", line.run(), "text", line.text());
    }
}
