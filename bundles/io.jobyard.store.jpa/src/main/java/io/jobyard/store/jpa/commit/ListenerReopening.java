// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.feed.CommitListener;
import java.time.Duration;

/**
 * Lets the commit listeners that have failed begin again: at once, before the commit at which they failed is answered, so that nobody acts
 * on what they keep; if that fails too, later, after longer and longer pauses. For the committer's thread.
 */
public final class ListenerReopening {

    /** Lets a listener begin, from what the store holds now. */
    public interface Reopen {

        void reopen(CommitListener listener) throws CommitFailure;
    }

    /** Does something between two commits, after a pause. */
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

    /** Reopens those that have failed once, and has the others reopened in time. Does nothing that was done if it is called again. */
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
