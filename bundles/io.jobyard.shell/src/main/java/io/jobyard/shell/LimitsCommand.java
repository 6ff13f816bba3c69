// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.LimitStatus;
import io.jobyard.views.api.BlockerView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists limits. */
final class LimitsCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("limits", "").form(Form.of("listLimits", LimitsCommand::print));

    private static final int UNIT_COLUMNS = 4;

    private LimitsCommand() {}

    private static void print(List<LimitStatus> limits, Screen screen) {
        if (limits.isEmpty()) {
            screen.line(
                    "no limits; create etc/io.jobyard.limits-NAME.cfg, for example with rate.requests = 60/m, or run"
                            + " job:limit set NAME rate.requests=60/m");
            return;
        }
        Table table =
                new Table("LIMIT", "STATE", "QUEUED", "RUNNING", "MAX", "SOURCE", "UNIT", "LEFT", "BURST", "RATE");
        limits.forEach(limit -> {
            rows(limit, table);
            limit.values().most().forEach(value -> rows(value, table));
        });
        table.print(screen);
        limits.forEach(limit -> {
            more(limit, screen);
            below(limit, screen);
            limit.values().most().forEach(value -> below(value, screen));
        });
    }

    private static void below(LimitStatus limit, Screen screen) {
        BlockerLines.print(limit.shutBy(), screen);
        if (limit.adaptive() != null) {
            screen.line("  limit " + limit.name() + ": adaptive " + limit.adaptive() + ", now " + limit.runningMax());
        }
        limit.rates().stream()
                .filter(LimitStatus.RateStatus::warningPassed)
                .map(rate -> "limit " + limit.name() + ": " + rate.unit() + " "
                        + number(rate.burst() - rate.remaining()) + " of " + rate.rate()
                        + " used, above its warning threshold of " + rate.warningPercent() + "%")
                .forEach(line -> screen.lines("  " + screen.wrapped(line, 2)));
    }

    private static void more(LimitStatus limit, Screen screen) {
        int more = limit.values().count() - limit.values().most().size();
        if (more > 0) {
            screen.line("  limit " + limit.name() + " counts " + more + " more values of "
                    + limit.values().key() + " apart");
        }
    }

    /** Adds a row for each unit of the limit. The first row also shows the limit's name. */
    private static void rows(LimitStatus limit, Table table) {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                limit.name(),
                BlockerView.state(limit.shutBy()),
                limit.jobs().queued(),
                limit.jobs().running(),
                limit.runningMax(),
                limit.source()));
        int own = cells.size();
        for (LimitStatus.RateStatus rate : limit.rates()) {
            cells.addAll(List.of(rate.unit(), number(rate.remaining()), number(rate.burst()), rate.rate()));
            table.row(cells.toArray());
            cells = new ArrayList<>(Collections.nCopies(own, null));
        }
        if (limit.rates().isEmpty()) {
            cells.addAll(Collections.nCopies(UNIT_COLUMNS, null));
            table.row(cells.toArray());
        }
    }

    private static BigDecimal number(double exact) {
        BigDecimal rounded = BigDecimal.valueOf(exact).setScale(2, RoundingMode.FLOOR);
        return rounded.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(rounded.stripTrailingZeros().toPlainString());
    }
}
