// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:retry}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "retry")
public final class RetryCommand extends JobCommand<RetryCommand.Line> {

    @Command(name = "job:retry", description = "Queue failed or cancelled jobs again, with all their attempts.")
    static final class Line extends IdsOptions {}

    private final OnEach operation;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public RetryCommand(@Reference Callers callers) {
        super(Line::new);
        operation = new OnEach(callers, JobManager::retry);
    }

    @Override
    int run(Line options, Screen screen) {
        return operation.run(options, screen);
    }
}
