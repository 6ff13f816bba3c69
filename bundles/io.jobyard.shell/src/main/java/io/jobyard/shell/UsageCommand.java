// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery.Period;
import io.jobyard.views.api.UsageView.AnsweredUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows usage. */
final class UsageCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "usage",
                    "Show usage of runs, for example tokens or money. A run counts in the period in which it began."
                            + " Usage is kept for usage.days of io.jobyard.retention, even after its job is removed.")
            .form(Form.of("getUsage", UsageCommand::print));

    private UsageCommand() {}

    private static void print(AnsweredUsage asked, Screen screen) {
        if (asked.sums().isEmpty()) {
            screen.line("no usage reported by runs that began since "
                    + JobText.time(asked.query().since()) + "; handlers report usage with context.used(UNIT, AMOUNT)");
            return;
        }
        List<String> names = new ArrayList<>();
        Period per = asked.query().per();
        if (per != null) {
            names.add(per.name());
        }
        asked.query().by().forEach(name -> names.add(name.toUpperCase(Locale.ROOT)));
        names.addAll(List.of("UNIT", "USED", "ESTIMATED", "RUNS"));
        Table table = new Table(names.toArray(String[]::new));
        for (Usage sum : asked.sums()) {
            List<@Nullable Object> cells = new ArrayList<>();
            if (per != null) {
                cells.add(sum.since());
            }
            cells.addAll(sum.group().values());
            cells.add(sum.unit());
            cells.add(plain(sum.amount()));
            cells.add(sum.estimate().signum() == 0 ? null : plain(sum.estimate()));
            cells.add(sum.runs());
            table.row(cells.toArray());
        }
        table.print(screen);
    }

    private static BigDecimal plain(BigDecimal number) {
        return new BigDecimal(number.stripTrailingZeros().toPlainString());
    }
}
