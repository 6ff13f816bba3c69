// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Views of the doctor's findings. */
public final class FindingView {

    /** One finding. */
    public static final View<Finding> FINDING = View.<Finding>of("finding", "A problem or a note.")
            .text("subject", "subject, for example `store`, a PID or a limit", Finding::subject)
            .text("problem", "the problem, with its start if known", Finding::problem)
            .text("fix", "how to fix it", Finding::fix);

    /** All findings. */
    public static final View<List<Finding>> FINDINGS = View.<List<Finding>>of("findings", "All findings of the doctor.")
            .list("findings", FINDING, "problems", only(finding -> !finding.note()))
            .list("notes", FINDING, "intentional deviations", only(Finding::note));

    private FindingView() {}

    private static Function<List<Finding>, List<Finding>> only(Predicate<Finding> which) {
        return findings -> findings.stream().filter(which).toList();
    }
}
