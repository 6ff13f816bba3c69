// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreFault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that takes nothing at present: why, and how long to wait before it is asked again. For the committer's
 * thread.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    /** The first pauses are short: most outages are over at once. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Inbox inbox;
    private final Trouble trouble;
    private @Nullable CommitFailure reason;
    private Duration pause = FIRST_PAUSE;

    Outage(Inbox inbox, Trouble trouble) {
        this.inbox = inbox;
        this.trouble = trouble;
    }

    /** It fails, again. A full disk takes connections along, and stays the reason. */
    void tell(CommitFailure failure) {
        CommitFailure known = reason;
        if (known == null || failure.fault() != StoreFault.LOST) {
            reason = failure;
        }
        trouble.tell(failure.fault(), String.valueOf(failure.getMessage()));
        if (known == null && failure.fault() != StoreFault.DAMAGED) { // of which there is a line already
            LOG.warn("{}; outcomes are kept and tried again, submits are refused", failure.getMessage());
        }
    }

    /** Not if the database is damaged: then nobody needs to wait. */
    boolean mayEnd() {
        return reason == null || reason.fault() != StoreFault.DAMAGED;
    }

    /** Tells who waits to submit, and waits before the next try; false at once when the store closes. */
    boolean lasts() {
        refuse(inbox.takeAdmissions());
        Duration time = pause;
        pause = time.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? time.multipliedBy(2) : LONGEST_PAUSE;
        return inbox.pause(time);
    }

    void over() {
        trouble.committed();
        if (reason != null) {
            LOG.info("The database takes changes again");
            reason = null;
        }
        pause = FIRST_PAUSE;
    }

    /** Tells that nothing was stored. */
    void refuse(List<? extends Change> changes) {
        fail(changes, "; nothing was stored");
    }

    /** Tells that nobody knows. */
    void leaveInDoubt(List<? extends Change> changes) {
        fail(changes, "; the host stops before it is known whether this was stored");
    }

    private void fail(List<? extends Change> changes, String what) {
        CommitFailure known = Objects.requireNonNull(reason);
        Change.fail(changes, new StoreException(known.getMessage() + what, known.getCause()));
    }
}
