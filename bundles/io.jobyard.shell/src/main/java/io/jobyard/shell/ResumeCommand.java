// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.QueueView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:resume}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "resume")
public final class ResumeCommand extends UserCommand<ResumeCommand.Line> {

    @Command(name = "job:resume", description = "End the pause of a queue.")
    static final class Line extends QueueOptions {}

    @Activate
    public ResumeCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        user.jobs().resume(options.queue);
        return Answer.of(QueueView.RESUMED, options.queue, "queue " + options.queue + " is resumed");
    }
}
