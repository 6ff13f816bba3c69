// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
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

    private final Operation operation;

    /**
     * Made by Declarative Services.
     *
     * @param manager queues the jobs again
     * @param status finds them
     */
    @Activate
    public RetryCommand(@Reference JobManager manager, @Reference StatusReporter status) {
        super(Line::new);
        operation = new Operation(manager, status, JobManager::retry);
    }

    @Override
    int run(Line options, Screen screen) {
        return operation.run(options, screen);
    }
}
