// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import java.util.List;

/** Views of the reasons that keep jobs from starting. */
public final class BlockerView {

    static final String EARLIEST =
            "latest known end in `blockedBy`, before which the job cannot start; null if no end is known";

    /** One blocker. */
    public static final View<Blocker> BLOCKER = View.<Blocker>of("blocker", "A reason that a job cannot start.")
            .text(
                    "gate",
                    "`dependencies`, `time`, `signal`, `children` or `callback` of a job that waits; `paused`, `queue`, `limit`, `circuit`, `role`, `handler`,"
                            + " `quarantine`, `reserved`, `host` or `draining` of one that waits or is queued; `workers` of a queued one",
                    Blocker::gate)
            .text("detail", "description, with numbers", Blocker::detail)
            .instant("until?", "time at which it ends automatically; null if unknown", Blocker::until);

    /** All blockers. */
    public static final View<Explanation> EXPLANATION = View.<Explanation>of(
                    "explanation", "Why a job is not running; or its run or its end.")
            .word(
                    "status",
                    StateWords.STATUSES,
                    "status of the job",
                    explanation -> explanation.status().text())
            .text(
                    "detail",
                    "start and host of the run, or time and cause of the end; otherwise empty",
                    Explanation::detail)
            .list("blockedBy", BLOCKER, "everything that blocks the job", Explanation::blockedBy)
            .instant("earliestStart?", EARLIEST, Explanation::earliestStart);

    private BlockerView() {}

    /** Returns {@code open}, {@code paused} or {@code shut}, for the blockers of a queue or limit. */
    public static String state(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return "open";
        }
        return blockers.get(0).gate().equals(Blocker.PAUSED) ? "paused" : "shut";
    }
}
