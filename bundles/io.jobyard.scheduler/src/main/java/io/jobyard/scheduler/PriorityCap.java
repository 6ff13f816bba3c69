// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Highest priority of a caller's jobs. A higher priority is lowered to this priority, and the caller is informed. */
record PriorityCap(Caller caller, int level) {

    /** Limits the cap to the existing priorities. */
    PriorityCap(Caller caller, int best, int levels) {
        this(caller, Math.min(best, levels));
    }

    /** Returns the cap of a caller; of a job and the handler's bundle, the lower one. */
    static PriorityCap of(Caller caller, Access access, int levels) {
        return caller.holders().stream()
                .map(holder -> new PriorityCap(holder, access.bestPriority(holder), levels))
                .max(Comparator.comparingInt(PriorityCap::level))
                .orElseThrow();
    }

    JobTerms lowered(JobTerms terms) {
        return terms.routing().priority() >= level
                ? terms
                : new JobChange().priority(level).applyTo(terms);
    }

    /** Returns the text for the history; empty if the priority was not lowered. */
    String why(@Nullable Integer asked, JobTerms before) {
        if (before.routing().priority() >= level) {
            return "";
        }
        return "priority " + level + " instead of " + (asked == null ? "the default " : "")
                + before.routing().priority() + ": the best that the roles of " + caller + " allow";
    }
}
