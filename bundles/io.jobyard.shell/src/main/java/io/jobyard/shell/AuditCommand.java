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

@Command(name = "job:audit", description = "Show the audit: what operators did and changed, and what was refused.")
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
            description =
                    "Only entries at or after this time: an instant such as 2027-01-31T08:00:00Z, a time of day such"
                            + " as 18:30, or an age such as 2h.")
    @Nullable
    String since;

    @Option(names = "--who", paramLabel = "WHO", description = "Only entries of callers whose name contains this text.")
    @Nullable
    String who;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only " + ACTIONS + "; seal is listed only if named.")
    @Nullable
    String action;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Maximum number of entries to list, newest first (1–10000; default 100).")
    int limit = 100;

    @Option(
            names = "--verify",
            description =
                    "Verify all rows and the histories of all finished jobs, and name the first that was changed or"
                            + " is missing. Exit with 1 if there is one.")
    boolean verify;

    @Override
    Answer answer(CommandUser user) {
        user.require(AccessRule.AUDIT);
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit " + limit + " is out of range: use 1 to " + MOST);
        }
        if (verify) {
            Optional<String> problem = user.audit().verify();
            return Answer.of(AuditView.PROOF, problem, AuditCommand::prove).failedIf(problem.isPresent());
        }
        Instant from = TimeOptions.past("--since", since, user.now());
        List<AuditRow> found = user.audit().find(from, who, action, limit);
        List<String> known = List.of(ACTIONS.split(", "));
        if (found.isEmpty() && action != null && !known.contains(action)) {
            throw new UsageException(
                    "unknown action '" + action + "'" + Spelling.hint(action, known) + ": use " + ACTIONS);
        }
        return Answer.of(AuditView.ENTRIES, found, AuditCommand::print);
    }

    private static void prove(Optional<String> problem, Screen screen) {
        if (problem.isEmpty()) {
            screen.line("the audit and all histories are unchanged");
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
