// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the doctor finds. */
public final class FindingView {

    /** One finding. */
    public static final View<Finding> FINDING = View.<Finding>of("finding", "Something that somebody should look at.")
            .text("subject", "what it concerns, such as `store`, a PID or a limit", Finding::subject)
            .text("problem", "what is wrong, and since when where that is known", Finding::problem)
            .text("fix", "what to do", Finding::fix);

    /** All findings. */
    public static final View<List<Finding>> FINDINGS = View.<List<Finding>>of("findings", "All that the doctor tells.")
            .list("findings", FINDING, "what somebody should look at", only(finding -> !finding.note()))
            .list("notes", FINDING, "what is unusual on purpose", only(Finding::note));

    private FindingView() {}

    private static Function<List<Finding>, List<Finding>> only(Predicate<Finding> which) {
        return findings -> findings.stream().filter(which).toList();
    }
}
