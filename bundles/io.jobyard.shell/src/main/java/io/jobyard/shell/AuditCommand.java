// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:audit}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "audit")
public final class AuditCommand extends JobCommand<AuditCommand.Line> {

    private static final int MOST = 10_000;

    @Command(name = "job:audit", description = "Show what operators did and brought, and what was refused.")
    static final class Line extends UserOptions {

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description =
                        "From then on: an instant such as 2027-01-31T08:00:00Z, a time of the day such as 18:30, or"
                                + " how long ago such as 2h.")
        @Nullable
        String since;

        @Option(names = "--who", paramLabel = "WHO", description = "Only what somebody did whose name contains this.")
        @Nullable
        String who;

        @Option(
                names = "--action",
                paramLabel = "ACTION",
                completionCandidates = Choices.Actions.class,
                description = "Only cancel, retry, change, pause, resume, release, backup, check, compact, purge,"
                        + " configure, install, update, uninstall, begin, cut or refused.")
        @Nullable
        String action;

        @Option(names = "--limit", paramLabel = "N", description = "The newest so many, 1 to 10000; 100 if left out.")
        int limit = 100;

        @Option(
                names = "--verify",
                description =
                        "Go through all rows and name the first that is not as it was written, or is missing; exit 1"
                                + " if there is one.")
        boolean verify;
    }

    private final AuditTrail audit;
    private final Callers callers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param audit is shown
     * @param callers know whom it speaks for
     * @param clock what durations count back from
     */
    @Activate
    public AuditCommand(@Reference AuditTrail audit, @Reference Callers callers, @Reference Clock clock) {
        super(Line::new);
        this.audit = audit;
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.require(Operation.AUDIT, options, screen);
        if (options.limit < 1 || options.limit > MOST) {
            throw new UsageException("--limit " + options.limit + " is out of range; use 1 to " + MOST);
        }
        return options.verify ? verify(options, screen) : list(options, screen);
    }

    private int verify(Line options, Screen screen) {
        Optional<String> problem = audit.verify();
        if (options.json) {
            screen.json(Json.object("sound", problem.isEmpty(), "problem", problem.orElse(null)));
        } else if (problem.isEmpty()) {
            screen.line("the audit is as it was written");
        } else {
            screen.error(problem.get());
        }
        return problem.isEmpty() ? 0 : 1;
    }

    private int list(Line options, Screen screen) {
        List<AuditRow> rows = audit.find(
                options.since == null ? null : Moments.past("--since", options.since, clock.instant()),
                options.who,
                options.action,
                options.limit);
        if (options.json) {
            screen.json(Map.of("entries", rows.stream().map(AuditCommand::json).toList()));
        } else if (rows.isEmpty()) {
            screen.line("no entries");
        } else {
            Table table = new Table("AT", "WHO", "ACTION", "TARGET", "DETAIL");
            rows.forEach(row -> table.row(
                    JobText.time(row.entry().at()),
                    row.entry().who(),
                    row.entry().action(),
                    row.entry().target(),
                    row.entry().detail()));
            table.print(screen);
        }
        return 0;
    }

    static Map<String, @Nullable Object> json(AuditRow row) {
        return Json.object(
                "at", Json.instant(row.entry().at()),
                "who", row.entry().who(),
                "action", row.entry().action(),
                "target", row.entry().target(),
                "detail", row.entry().detail(),
                "incarnation", row.incarnation().toString(),
                "number", row.number());
    }
}
