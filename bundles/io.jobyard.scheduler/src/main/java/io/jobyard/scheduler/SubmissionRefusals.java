// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.spi.text.ShownTime;
import io.jobyard.spi.text.VisibleText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Findings about rejected submissions from SQL, on every host. One thread reads the store; the doctor uses the latest read, so that a slow
 * database does not delay it.
 */
final class SubmissionRefusals {

    /** Interval between two reads. */
    static final Duration EVERY = Duration.ofSeconds(5);
    /** Upper bound of the count. */
    static final int LIMIT = 1_000;

    private static final Duration REPORTED = Duration.ofHours(1);

    private final SubmissionInbox inbox;
    private final LongSupplier nanos;
    private long readsAgainAt;
    private volatile Optional<RefusedSubmissions> refused = Optional.empty();

    SubmissionRefusals(SubmissionInbox inbox, LongSupplier nanos) {
        this.inbox = inbox;
        this.nanos = nanos;
        readsAgainAt = nanos.getAsLong();
    }

    /** Reads the store if the latest read is old enough. Only for one thread. */
    void look() {
        if (nanos.getAsLong() - readsAgainAt >= 0) {
            refused = inbox.refused(REPORTED, LIMIT);
            readsAgainAt = nanos.getAsLong() + EVERY.toNanos();
        }
    }

    /** Returns the findings of the latest read. For all threads. */
    List<Finding> examine() {
        return refused.map(SubmissionRefusals::finding).stream().toList();
    }

    private static Finding finding(RefusedSubmissions refused) {
        int count = refused.count();
        String those = count == 1
                ? "a submission was refused in the last hour: "
                : (count >= LIMIT ? "at least " : "") + count
                        + " submissions were refused in the last hour, the latest ";
        return new Finding(
                "submission from SQL",
                those + "job " + refused.latest() + " of " + VisibleText.line(refused.submitter()) + ", at "
                        + ShownTime.of(refused.at()) + ": " + VisibleText.line(refused.why()),
                "fix the reason, and submit again what is needed of the table refused_submission");
    }
}
