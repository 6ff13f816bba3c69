// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.incarnation.Leadership;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts of jobs in the transaction that admits them, decided by the queue. For the committer's thread. */
public final class StartsInCommit {

    private final Leadership leadership;
    private final List<Assignment> begun = new ArrayList<>();
    private volatile @Nullable AdmissionStarts rule;
    /** Whether the queue was asked since its last answer. */
    private boolean isAsked;

    public StartsInCommit(Leadership leadership) {
        this.leadership = leadership;
    }

    /** Sets the rule. For any thread. */
    public void follow(AdmissionStarts next) {
        rule = next;
    }

    /** Returns the start of a new job in the current transaction; null if the job waits. */
    @Nullable
    Move start(Transaction transaction, AdmittedJob job) throws SQLException {
        AdmissionStarts asked = rule;
        if (asked == null || job.stored().status() != JobStatus.QUEUED || !leadership.isMine()) {
            return null;
        }
        isAsked = true;
        Move start = asked.start(job.stored());
        if (start == null || !transaction.isLeader()) {
            return null;
        }
        begun.add(Assignment.of(start, job.payload()));
        return start;
    }

    /** Answers the queue if it was asked: its starts are stored, or none of them. */
    void settle(boolean areStored) {
        AdmissionStarts asked = rule;
        if (isAsked && asked != null) {
            List<Assignment> runs = areStored ? List.copyOf(begun) : List.of();
            isAsked = false;
            begun.clear();
            asked.settle(runs);
        }
    }
}
