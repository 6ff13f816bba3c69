// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:resume}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "resume")
public final class ResumeCommand extends JobCommand<ResumeCommand.Line> {

    @Command(name = "job:resume", description = "End the pause of a queue.")
    static final class Line extends QueueOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public ResumeCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.jobs(options, screen).resume(options.queue);
        if (options.json) {
            screen.json(Json.object("queue", options.queue, "state", "resumed"));
        } else {
            screen.line("queue " + options.queue + " is resumed");
        }
        return 0;
    }
}
