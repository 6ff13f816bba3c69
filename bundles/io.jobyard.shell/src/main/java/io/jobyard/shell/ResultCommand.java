// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobResult;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.JsonWriter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:result}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "result")
public final class ResultCommand extends UserCommand<ResultCommand.Line> {

    @Command(
            name = "job:result",
            description = "Show what a job came to, and how long its handler took. Fails only if there is no such job.")
    static final class Line extends IdOptions {}

    @Activate
    public ResultCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        return Answer.of(JobView.RESULT, status.result(status.resolve(options.id)), ResultCommand::print);
    }

    static void print(JobResult result, Screen screen) {
        String took = result.executionTime() == null ? "" : " in " + JobText.duration(result.executionTime());
        String at = result.completedAt() == null ? "" : " at " + JobText.time(result.completedAt());
        screen.painted(result.id() + " " + screen.paint(result.status().text()) + took + at);
        if (result.error() != null) {
            screen.line(result.error());
        }
        if (result.result() != null) {
            screen.lines(JsonWriter.pretty(result.result()));
        }
    }
}
