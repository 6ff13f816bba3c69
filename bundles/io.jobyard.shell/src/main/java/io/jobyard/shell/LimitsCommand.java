// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.LimitStatus;
import io.jobyard.api.StatusReporter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:limits}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "limits")
public final class LimitsCommand extends JobCommand<LimitsCommand.Line> {

    @Command(name = "job:limits", description = "List the limits and what is left of each unit.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public LimitsCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        List<LimitStatus> limits = status.limits();
        if (options.json) {
            screen.json(
                    Map.of("limits", limits.stream().map(LimitsCommand::json).toList()));
        } else if (limits.isEmpty()) {
            screen.line("no limits; write etc/io.jobyard.limits-NAME.cfg, for example with rate.requests = 60/m");
        } else {
            Table table = new Table("LIMIT", "STATE", "QUEUED", "RUNNING", "MAX", "UNIT", "LEFT", "BURST", "RATE");
            limits.forEach(limit -> rows(limit, table));
            table.print(screen);
            limits.forEach(limit -> Blockers.print(limit.shutBy(), screen));
        }
        return 0;
    }

    private static void rows(LimitStatus limit, Table table) {
        List<LimitStatus.Rate> rates = limit.rates();
        LimitStatus.Rate first = rates.isEmpty() ? null : rates.get(0);
        table.row(
                limit.name(),
                Blockers.state(limit.shutBy()),
                limit.queued(),
                limit.running(),
                limit.runningMax(),
                first == null ? null : first.unit(),
                first == null ? null : number(first.level()),
                first == null ? null : number(first.burst()),
                first == null ? null : first.rate());
        rates.stream()
                .skip(1)
                .forEach(rate -> table.row(
                        null,
                        null,
                        null,
                        null,
                        null,
                        rate.unit(),
                        number(rate.level()),
                        number(rate.burst()),
                        rate.rate()));
    }

    private static BigDecimal number(double exact) {
        BigDecimal rounded = BigDecimal.valueOf(exact).setScale(2, RoundingMode.FLOOR);
        return rounded.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(rounded.stripTrailingZeros().toPlainString());
    }

    private static Map<String, @Nullable Object> json(LimitStatus limit) {
        return Json.object(
                "name",
                limit.name(),
                "state",
                Blockers.state(limit.shutBy()),
                "queued",
                limit.queued(),
                "running",
                limit.running(),
                "runningMax",
                limit.runningMax(),
                "rates",
                limit.rates().stream().map(LimitsCommand::json).toList(),
                "blockedBy",
                Blockers.json(limit.shutBy()));
    }

    private static Map<String, @Nullable Object> json(LimitStatus.Rate rate) {
        return Json.object(
                "unit",
                rate.unit(),
                "rate",
                rate.rate(),
                "burst",
                rate.burst(),
                "level",
                rate.level(),
                "fullAt",
                Json.instant(rate.fullAt()));
    }
}
