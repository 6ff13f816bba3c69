// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Activity;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:stats}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "stats")
public final class StatsCommand extends JobCommand<StatsCommand.Line> {

    @Command(
            name = "job:stats",
            description =
                    "Count the jobs, and tell what they did lately. By status, queue, type, priority and submitter;"
                            + " how many were submitted and worked off, how long they waited and how long they ran.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public StatsCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        Statistics now = status.statistics();
        Activity lately = status.activity();
        if (options.json) {
            screen.json(StatsJson.of(now, lately));
        } else {
            new StatsSheet(screen).print(now, lately);
        }
        return 0;
    }
}
