// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.AuditView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "job:audit", description = "Show what operators did and brought, and what was refused.")
final class AuditCommand extends UserCommand {

    private static final int MOST = 10_000;
    private static final String ACTIONS =
            "cancel, retry, change, signal, bulk cancel, bulk retry, bulk change, bulk delete, bulk run-now,"
                    + " schedule, limit, queue, pause, resume, drain, release, backup, check, compact, purge, configure, rollback, install,"
                    + " update, uninstall, rollback, user-add, user-password, user-disable, user-enable, token-create, token-revoke, sign-in,"
                    + " sign-out, session-revoke, begin, cut, refused, seal";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: an instant such as 2027-01-31T08:00:00Z, a time of the day such as 18:30, or"
                    + " how long ago such as 2h.")
    @Nullable
    String since;

    @Option(names = "--who", paramLabel = "WHO", description = "Only what somebody did whose name contains this.")
    @Nullable
    String who;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only " + ACTIONS + "; seal is left out otherwise.")
    @Nullable
    String action;

    @Option(names = "--limit", paramLabel = "N", description = "The newest so many, 1 to 10000; 100 if left out.")
    int limit = 100;

    @Option(
            names = "--verify",
            description =
                    "Go through all rows, and the histories of all jobs that have ended, and name the first that is"
                            + " not as it was written, or is missing; exit 1 if there is one.")
    boolean verify;

    @Override
    Answer answer(CommandUser user) {
        user.require(AccessRule.AUDIT);
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit " + limit + " is out of range; use 1 to " + MOST);
        }
        if (verify) {
            Optional<String> problem = user.audit().verify();
            return Answer.of(AuditView.PROOF, problem, AuditCommand::prove).failedIf(problem.isPresent());
        }
        Instant from = TimeOptions.past("--since", since, user.now());
        List<AuditRow> found = user.audit().find(from, who, action, limit);
        List<String> known = List.of(ACTIONS.split(", "));
        if (found.isEmpty() && action != null && !known.contains(action)) {
            throw new UsageException("unknown action '" + action + "'" + Spelling.hint(action, known)
                    + ": the audit has none such; use " + ACTIONS);
        }
        return Answer.of(AuditView.ENTRIES, found, AuditCommand::print);
    }

    private static void prove(Optional<String> problem, Screen screen) {
        if (problem.isEmpty()) {
            screen.line("the audit and all histories are as they were written");
        } else {
            screen.error(problem.get());
        }
    }

    private static void print(List<AuditRow> rows, Screen screen) {
        if (rows.isEmpty()) {
            screen.line("no entries");
            return;
        }
        Table table = new Table("AT", "WHO", "ACTION", "TARGET", "DETAIL");
        for (AuditRow row : rows) {
            AuditEntry entry = row.entry();
            table.row(JobText.time(entry.at()), entry.who(), entry.action(), entry.target(), entry.detail());
        }
        table.print(screen);
    }
}
