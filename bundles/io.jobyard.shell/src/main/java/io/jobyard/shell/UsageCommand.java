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
        description =
                "Sum up what runs have used, such as tokens or money. A run counts where its handler began; what it used"
                        + " stays when its job is removed, as long as usage.days of io.jobyard.retention says.")
final class UsageCommand extends UserCommand {

    private static final Duration LATELY = Duration.ofDays(30);

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "Tell runs apart by user, type, model (the text under model of the payload), or label.NAME; several"
                            + " with commas between them. user if left out.")
    List<String> by = List.of("user");

    @Option(names = "--per", paramLabel = "PERIOD", description = "A sum for each day, week or month.")
    @Nullable
    String per;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Of runs that began since then: an instant such as 2027-01-31T08:00:00Z, a time of the day such as"
                            + " 18:30, or how long ago, such as 7d. The last 30 days if left out.")
    @Nullable
    String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Of runs that began before then, told alike. Now if left out.")
    @Nullable
    String until;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Where days begin, such as Europe/Berlin. The host's zone if left out.")
    @Nullable
    String zone;

    @Option(names = "--user", paramLabel = "USER", description = "Only of jobs of this user.")
    @Nullable
    String user;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of jobs of this type.")
    @Nullable
    String type;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Only of this unit.")
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
            throw new UsageException("--zone '" + zone + "' is unknown; use one such as Europe/Berlin or UTC");
        }
    }

    private static void print(AnsweredUsage asked, Screen screen) {
        if (asked.sums().isEmpty()) {
            screen.line("no run that began since " + JobText.time(asked.query().since())
                    + " has told of any use; handlers do by context.used(UNIT, AMOUNT)");
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
