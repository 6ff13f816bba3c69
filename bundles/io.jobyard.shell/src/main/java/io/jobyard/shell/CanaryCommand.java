// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.CanaryStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Lists canaries. */
final class CanaryCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("canary", "").form(Form.of("listCanaries", CanaryCommand::print));

    private CanaryCommand() {}

    private static void print(List<CanaryStatus> canaries, Screen screen) {
        if (canaries.isEmpty()) {
            screen.line("no canaries; write canary = 1.3:5 % into etc/io.jobyard.types-TYPE.cfg");
            return;
        }
        Table table = new Table("TYPE", "VERSION", "SHARE", "RUNS", "FAILED", "RATE", "SINCE");
        for (CanaryStatus canary : canaries) {
            String share = canary.rolledBackAt() == null
                    ? shown(canary.share().percent()) + " by " + canary.share().by()
                    : "none";
            row(table, canary, canary.share().versions(), share, canary.canary());
            row(table, canary, "others", "", canary.others());
        }
        table.print(screen);
        canaries.stream()
                .filter(canary -> canary.rolledBackAt() != null)
                .forEach(canary -> screen.line("  the canary of " + canary.type() + " rolled back at "
                        + JobText.time(canary.rolledBackAt()) + ": change one of its keys to try again"));
    }

    private static void row(Table table, CanaryStatus canary, String version, String share, CanaryStatus.Runs runs) {
        table.row(
                canary.type(),
                version,
                share,
                runs.ended(),
                runs.failed(),
                shown(runs.failedPercent()),
                JobText.time(canary.since()));
    }

    private static String shown(double percent) {
        BigDecimal rounded =
                BigDecimal.valueOf(percent).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString() + " %";
    }
}
