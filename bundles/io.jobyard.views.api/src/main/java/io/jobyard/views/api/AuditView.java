// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.audit.AuditRow;
import java.util.List;
import java.util.Optional;

/** Views of the audit. */
public final class AuditView {

    /** One row. */
    public static final View<AuditRow> ENTRY = View.<AuditRow>of(
                    "entry", "An action of an operator, a change, or a refused request.")
            .instant("at", "when", row -> row.entry().at())
            .text("who", "caller, for example `user ann`", row -> row.entry().who())
            .text(
                    "action",
                    "action, for example `cancel` or `refused`",
                    row -> row.entry().action())
            .text("target", "target; may be empty", row -> row.entry().target())
            .text("detail", "details in words; may be empty", row -> row.entry().detail())
            .text("incarnation", "incarnation of the host that wrote the entry", AuditRow::incarnation)
            .whole("number", "number within that incarnation, from 1 and without gaps", AuditRow::number);

    /** A list of rows. */
    public static final View<List<AuditRow>> ENTRIES = View.<List<AuditRow>>of("entries", "Entries of the audit.")
            .list("entries", ENTRY, "the entries, oldest first", rows -> rows);

    /** Whether all rows are unchanged since they were written; otherwise the problem of the first bad row. */
    public static final View<Optional<String>> PROOF = View.<Optional<String>>of(
                    "proof", "The verification of the audit and of the histories of all finished jobs.")
            .flag("valid", "whether all are unchanged", Optional::isEmpty)
            .text("problem?", "first row or history that was changed or is missing", problem -> problem.orElse(null));

    private AuditView() {}
}
