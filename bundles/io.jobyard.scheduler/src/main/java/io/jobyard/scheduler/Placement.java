// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobTerms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** State of a job without a run: blocked by a dependency, by its {@code notBefore}, or by nothing. */
enum Placement {
    DEPENDENT,
    EARLY,
    READY;

    static Placement of(JobTerms terms, boolean dependent, Instant now) {
        Instant notBefore = terms.times().notBefore();
        return dependent ? DEPENDENT : notBefore != null && notBefore.isAfter(now) ? EARLY : READY;
    }

    /** Returns the time at which the job is due next; null for never. */
    @Nullable
    Instant dueAt(JobTerms terms) {
        Instant notBefore = this == EARLY ? terms.times().notBefore() : null;
        return notBefore == null
                ? terms.times().expiry()
                : earlier(notBefore, terms.times().expiry());
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }
}
