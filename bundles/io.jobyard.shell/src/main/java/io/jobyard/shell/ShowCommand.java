// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:show}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "show")
public final class ShowCommand extends UserCommand<ShowCommand.Line> {

    @Command(name = "job:show", description = "Show all there is about one job.")
    static final class Line extends IdOptions {}

    @Activate
    public ShowCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        Job job = status.status(status.resolve(options.id));
        return Answer.of(
                JobView.JOB, new Reported<>(job, status), (told, screen) -> new JobDetails(told).print(screen));
    }
}
