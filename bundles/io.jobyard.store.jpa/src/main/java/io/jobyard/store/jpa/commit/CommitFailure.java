// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.commit.Transaction.Applied;
import io.jobyard.store.jpa.sql.StoreHealth;
import org.jspecify.annotations.Nullable;

/** Failure of a transaction. Either the transaction was not stored, or its commit failed and the outcome is unknown. */
public final class CommitFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final StoreFault fault;
    private final transient @Nullable Applied doubtful;

    /** Creates the failure with its reason in one line. */
    CommitFailure(StoreFault fault, String reason, @Nullable Throwable cause, @Nullable Applied doubtful) {
        super(message(fault, reason), cause);
        this.fault = fault;
        this.doubtful = doubtful;
    }

    private static String message(StoreFault fault, String reason) {
        return switch (fault) {
            case LOST -> "the database does not answer: " + reason;
            case DAMAGED, FENCED -> reason;
            case FULL -> StoreHealth.FULL;
            default -> "the database refused the change: " + reason;
        };
    }

    /** Returns the changes with an unknown outcome; null if nothing was stored. */
    @Nullable
    Applied doubtful() {
        return doubtful;
    }

    StoreFault fault() {
        return fault;
    }
}
