// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:show}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "show")
public final class ShowCommand extends JobCommand<ShowCommand.Line> {

    @Command(name = "job:show", description = "Show all there is about one job.")
    static final class Line extends IdOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public ShowCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        JobId id = status.resolve(options.id);
        if (options.json) {
            screen.json(new JobJson(status).whole(id));
        } else {
            new JobSheet(status).print(id, screen);
        }
        return 0;
    }
}
