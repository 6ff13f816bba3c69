// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:cancel}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "cancel")
public final class CancelCommand extends JobCommand<CancelCommand.Line> {

    @Command(name = "job:cancel", description = "End jobs; one that runs is told to, and ends cancelled.")
    static final class Line extends IdsOptions {}

    private final OnEach operation;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public CancelCommand(@Reference Callers callers) {
        super(Line::new);
        operation = new OnEach(callers, (jobs, id) -> List.of(jobs.cancel(id)));
    }

    @Override
    int run(Line options, Screen screen) {
        return operation.run(options, screen);
    }
}
