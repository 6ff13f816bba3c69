// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.feed.CommitListener;
import java.time.Duration;

/**
 * Reopens failed commit listeners before the failed commit is answered, so that no caller uses outdated data. If a listener fails again,
 * later attempts follow with increasing pauses. Only for the committer's thread.
 */
public final class ListenerReopening {

    /** Reopens a listener with the current state of the store. */
    public interface Reopen {

        void reopen(CommitListener listener) throws CommitFailure;
    }

    /** Runs a step between two commits, after a pause. */
    public interface Later {

        void in(Duration pause, CommitterTask.CommitStep step);
    }

    private final FailedListeners failed;
    private final Reopen reopen;
    private final Later later;

    public ListenerReopening(FailedListeners failed, Reopen reopen, Later later) {
        this.failed = failed;
        this.reopen = reopen;
        this.later = later;
    }

    /** Reopens listeners that have failed once, and schedules attempts for the others. A second call has no further effect. */
    void reopenFailed() throws CommitFailure {
        for (CommitListener next = failed.next(); next != null; next = failed.next()) {
            CommitListener listener = next;
            Duration pause = failed.pause(listener);
            if (pause.isZero()) {
                reopen.reopen(listener);
            } else {
                later.in(pause, () -> ifDetached(listener));
            }
            failed.tried();
        }
    }

    private void ifDetached(CommitListener listener) throws CommitFailure {
        if (failed.isDetached(listener)) {
            reopen.reopen(listener);
        }
    }
}
