// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.util.List;
import java.util.Optional;

/** Shows and verifies the audit. */
final class AuditCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "audit", "Show the audit (actions of operators, changes, refused requests), or verify it.")
            .form(Form.of("readAudit", AuditCommand::print))
            .form(Form.of("proveAudit", AuditCommand::prove).at("--verify").failingIf(Optional<String>::isPresent))
            .flag(
                    "--verify",
                    "Verify all rows and the histories of all finished jobs, and name the first that was changed or"
                            + " is missing. Exit with 1 if there is one.");

    private AuditCommand() {}

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
