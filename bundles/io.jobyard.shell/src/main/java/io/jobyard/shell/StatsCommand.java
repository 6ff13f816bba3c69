// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.StatisticsView;

/** Shows statistics. */
final class StatsCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("stats", "").form(Form.of("getStatistics", StatsCommand::print));

    private StatsCommand() {}

    private static void print(StatisticsView.StatisticsNumbers numbers, Screen screen) {
        new StatisticsTables(screen).print(numbers);
    }
}
