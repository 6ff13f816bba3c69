// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.StatisticsView;
import picocli.CommandLine.Command;

@Command(
        name = "job:stats",
        description = "Count jobs by status, queue, type, priority and submitter, and show recent rates, wait times and"
                + " run times.")
final class StatsCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(
                StatisticsView.STATISTICS,
                StatisticsView.StatisticsNumbers.of(user.status()),
                (numbers, screen) -> new StatisticsTables(screen).print(numbers.now(), numbers.lately()));
    }
}
