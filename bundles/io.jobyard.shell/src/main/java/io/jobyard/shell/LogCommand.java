// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import picocli.CommandLine.Command;

@Command(name = "job:log", description = "Show what a job's handler wrote to its log, the oldest line first.")
final class LogCommand extends IdCommand {

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        JobId job = status.resolve(id);
        return Answer.of(EventView.LOG, status.log(job), (lines, screen) -> {
            if (lines.isEmpty()) {
                screen.line("job " + job + " has written no log");
            }
            lines.forEach(line -> screen.line(JobText.time(line.at()) + " run " + line.run() + "  " + line.text()));
        });
    }
}
