// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.audit.AuditRow;
import java.util.List;
import java.util.Optional;

/** The audit. */
public final class AuditView {

    /** One row. */
    public static final View<AuditRow> ENTRY = View.<AuditRow>of(
                    "entry", "Something an operator did, brought, or was refused.")
            .instant("at", "when", row -> row.entry().at())
            .text("who", "who, such as `user ann`", row -> row.entry().who())
            .text(
                    "action",
                    "what, such as `cancel` or `refused`",
                    row -> row.entry().action())
            .text(
                    "target",
                    "what it was done to; may be empty",
                    row -> row.entry().target())
            .text("detail", "more, for people; may be empty", row -> row.entry().detail())
            .text("incarnation", "the life of the host in which it was written", AuditRow::incarnation)
            .whole("number", "its number in that life, from 1 and without gaps", AuditRow::number);

    /** Some rows. */
    public static final View<List<AuditRow>> ENTRIES = View.<List<AuditRow>>of("entries", "Rows of the audit.")
            .list("entries", ENTRY, "each row, the oldest first", rows -> rows);

    /** Whether all rows are as they were written; shows what is wrong with one. */
    public static final View<Optional<String>> PROOF = View.<Optional<String>>of(
                    "proof",
                    "Whether the audit and the histories of all jobs that have ended are as they were written.")
            .flag("valid", "whether it is", Optional::isEmpty)
            .text(
                    "problem?",
                    "the first row or history that is not as it was written, or is missing",
                    problem -> problem.orElse(null));

    private AuditView() {}
}
