// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.sql.StoreHealth;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses and answers of the committer while the database accepts no writes. Only for the committer's thread. */
final class CommitRetries {

    private static final Logger LOG = LoggerFactory.getLogger(CommitRetries.class);
    /** First pause. It is short, because most outages end immediately. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Inbox inbox;
    private final StoreHealth health;
    private @Nullable CommitFailure failure;
    private String reason = "";
    private Duration pause = FIRST_PAUSE;

    CommitRetries(Inbox inbox, StoreHealth health) {
        this.inbox = inbox;
        this.health = health;
    }

    /** Records another failure. */
    void tell(CommitFailure now) {
        reason = health.tell(now.fault(), String.valueOf(now.getMessage()));
        if (failure == null && !now.fault().isFinished()) { // a finished store has been logged already
            LOG.warn("{}; outcomes are kept and retried, submits are refused", reason);
        }
        failure = now;
    }

    /** Waits before another attempt. Returns false if none is useful, because the store is closing or the database is damaged. */
    boolean goOn() {
        if (health.end() != null) {
            return false;
        }
        refuse(inbox.takeAdmissions());
        Duration time = pause;
        pause = time.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? time.multipliedBy(2) : LONGEST_PAUSE;
        return inbox.pause(time);
    }

    void over() {
        health.committed();
        if (failure != null) {
            LOG.info("The database accepts changes again");
            failure = null;
        }
        pause = FIRST_PAUSE;
    }

    /** Fails changes that were certainly not stored. */
    void refuse(List<? extends Change> changes) {
        fail(changes, "; nothing was stored");
    }

    /** Fails changes that may have been stored. */
    void failInDoubt(List<? extends Change> changes) {
        fail(changes, "; the host is stopping, and it is unknown whether this was stored");
    }

    private void fail(List<? extends Change> changes, String what) {
        String end = health.end();
        String why = end == null ? reason : end;
        Change.fail(changes, new StoreException(why + what, failure == null ? null : failure.getCause()));
    }
}
