// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.UsageQuery.Period;
import io.jobyard.views.api.UsageView;
import io.jobyard.views.api.UsageView.AnsweredUsage;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "job:usage",
        description = "Show usage of runs, for example tokens or money. A run counts in the period in which it began."
                + " Usage is kept for usage.days of io.jobyard.retention, even after its job is removed.")
final class UsageCommand extends UserCommand {

    private static final Duration LATELY = Duration.ofDays(30);

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description = "Grouping: user, type, model (the text under model of the payload), or label.NAME; separate"
                    + " several with commas (default user).")
    List<String> by = List.of("user");

    @Option(names = "--per", paramLabel = "PERIOD", description = "Sum for each day, week or month.")
    @Nullable
    String per;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only runs that began at or after this time: an instant such as 2027-01-31T08:00:00Z, a time of"
                            + " day such as 18:30, or an age such as 7d (default: 30 days ago).")
    @Nullable
    String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only runs that began before this time, in the same format (default: now).")
    @Nullable
    String until;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone in which days begin, for example Europe/Berlin (default: the host's zone).")
    @Nullable
    String zone;

    @Option(names = "--user", paramLabel = "USER", description = "Only jobs of this user.")
    @Nullable
    String user;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type.")
    @Nullable
    String type;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Only this unit.")
    @Nullable
    String unit;

    @Override
    Answer answer(CommandUser asking) {
        Instant now = asking.now();
        Instant from = Objects.requireNonNullElse(TimeOptions.past("--since", since, now), now.minus(LATELY));
        Instant to = Objects.requireNonNullElse(TimeOptions.past("--until", until, now), now);
        UsageQuery query = new UsageQuery(from, to, by, per == null ? null : Period.of(per), zone(), user, type, unit);
        return Answer.of(
                UsageView.USAGE, new AnsweredUsage(query, asking.status().usage(query)), UsageCommand::print);
    }

    private ZoneId zone() {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "--zone '" + zone + "' is not a time zone: use an ID such as Europe/Berlin or UTC");
        }
    }

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
