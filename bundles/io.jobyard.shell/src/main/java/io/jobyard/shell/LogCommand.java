// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:log}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "log")
public final class LogCommand extends UserCommand<LogCommand.Line> {

    @Command(name = "job:log", description = "Show what a job's handler wrote to its log, the oldest line first.")
    static final class Line extends IdOptions {}

    @Activate
    public LogCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        JobId id = status.resolve(options.id);
        return Answer.of(EventView.LOG, status.log(id), (lines, screen) -> {
            if (lines.isEmpty()) {
                screen.line("job " + id + " has written no log");
            }
            lines.forEach(line -> screen.line(JobText.time(line.at()) + " run " + line.run() + "  " + line.text()));
        });
    }
}
