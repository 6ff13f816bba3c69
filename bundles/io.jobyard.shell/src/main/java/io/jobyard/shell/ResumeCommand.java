// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
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

    private final JobManager manager;

    /**
     * Made by Declarative Services.
     *
     * @param manager resumes the queue
     */
    @Activate
    public ResumeCommand(@Reference JobManager manager) {
        super(Line::new);
        this.manager = manager;
    }

    @Override
    int run(Line options, Screen screen) {
        manager.as(options.as.isEmpty() ? screen.user() : options.as).resume(options.queue);
        if (options.json) {
            screen.json(Json.object("queue", options.queue, "state", "resumed"));
        } else {
            screen.line("queue " + options.queue + " is resumed");
        }
        return 0;
    }
}
