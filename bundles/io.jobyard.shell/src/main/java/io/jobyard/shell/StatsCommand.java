// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.StatisticsView;
import picocli.CommandLine.Command;

@Command(
        name = "job:stats",
        description = "Count the jobs, and tell what they did lately. By status, queue, type, priority and submitter;"
                + " how many were submitted and worked off, how long they waited and how long they ran.")
final class StatsCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(
                StatisticsView.STATISTICS,
                StatisticsView.StatisticsNumbers.of(user.status()),
                (numbers, screen) -> new StatisticsTables(screen).print(numbers.now(), numbers.lately()));
    }
}
