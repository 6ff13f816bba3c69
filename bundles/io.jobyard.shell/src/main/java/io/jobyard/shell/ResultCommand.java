// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobResult;
import io.jobyard.api.StatusReporter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:result}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "result")
public final class ResultCommand extends JobCommand<ResultCommand.Line> {

    @Command(
            name = "job:result",
            description = "Show what a job came to, and how long its handler took. Fails only if there is no such job.")
    static final class Line extends IdOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public ResultCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        JobResult result = status.result(status.resolve(options.id));
        if (options.json) {
            screen.json(Json.object(
                    "id", result.id().toString(),
                    "status", result.status().text(),
                    "result", result.result(),
                    "error", result.error(),
                    "startedAt", Json.instant(result.startedAt()),
                    "completedAt", Json.instant(result.completedAt()),
                    "executionTimeSeconds", Json.seconds(result.executionTime())));
        } else {
            print(result, screen);
        }
        return 0;
    }

    static void print(JobResult result, Screen screen) {
        String took = result.executionTime() == null ? "" : " in " + JobText.duration(result.executionTime());
        String at = result.completedAt() == null ? "" : " at " + JobText.time(result.completedAt());
        screen.painted(result.id() + " " + screen.paint(result.status().text()) + took + at);
        if (result.error() != null) {
            screen.line(result.error());
        }
        if (result.result() != null) {
            screen.lines(Json.pretty(result.result()));
        }
    }
}
