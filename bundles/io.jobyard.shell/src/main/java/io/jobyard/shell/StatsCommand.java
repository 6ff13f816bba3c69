// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.StatisticsView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:stats}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "stats")
public final class StatsCommand extends UserCommand<StatsCommand.Line> {

    @Command(
            name = "job:stats",
            description =
                    "Count the jobs, and tell what they did lately. By status, queue, type, priority and submitter;"
                            + " how many were submitted and worked off, how long they waited and how long they ran.")
    static final class Line extends UserOptions {}

    @Activate
    public StatsCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        return Answer.of(
                StatisticsView.STATISTICS,
                new StatisticsView.Numbers(status.statistics(), status.activity()),
                (numbers, screen) -> new StatisticsTables(screen).print(numbers.now(), numbers.lately()));
    }
}
