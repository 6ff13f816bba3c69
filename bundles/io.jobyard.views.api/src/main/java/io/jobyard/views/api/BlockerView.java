// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import java.util.List;

/** What keeps jobs from starting. */
public final class BlockerView {

    static final String EARLIEST =
            "the latest of the known ends in `blockedBy`: it starts no earlier; null if no end is known";

    /** One thing that does. */
    public static final View<Blocker> BLOCKER = View.<Blocker>of("blocker", "One thing that keeps a job from starting.")
            .text(
                    "gate",
                    "`dependencies`, `time`, `signal`, `children` or `callback` of a job that waits; `paused`, `queue`, `limit`, `circuit`, `role`, `handler`,"
                            + " `quarantine`, `reserved`, `host` or `draining` of one that waits or is queued; `workers` of a queued one",
                    Blocker::gate)
            .text("detail", "the same in words, with numbers", Blocker::detail)
            .instant("until?", "when it ends by itself; null if that is not known", Blocker::until);

    /** All that does. */
    public static final View<Explanation> EXPLANATION = View.<Explanation>of(
                    "explanation", "Why a job does not run just now; or that it does, or how it ended.")
            .word(
                    "status",
                    StateWords.STATUSES,
                    "the job's status",
                    explanation -> explanation.status().text())
            .text("detail", "since when and where it runs, or when and why it ended; else empty", Explanation::detail)
            .list("blockedBy", BLOCKER, "all that keeps it from starting", Explanation::blockedBy)
            .instant("earliestStart?", EARLIEST, Explanation::earliestStart);

    private BlockerView() {}

    /**
     * Whether a queue or a limit lets jobs start.
     *
     * @param blockers what it is shut by
     * @return {@code open}, {@code paused} or {@code shut}
     */
    public static String state(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return "open";
        }
        return blockers.get(0).gate().equals(Blocker.PAUSED) ? "paused" : "shut";
    }
}
