// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;

/** Why a change alone was refused, for its caller. */
final class ChangeRefusal {

    private ChangeRefusal() {}

    /** Asks who holds a key that was taken. */
    static Throwable reason(CommitterConnection commits, Change change, CommitFailure failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof QuotaException || cause instanceof GroupChangedException) {
            return cause;
        }
        if (failure.fault() == StoreFault.DUPLICATE) {
            try {
                for (StoredJob job : change.jobs()) {
                    JobKey key = JobKey.of(job);
                    JobId holder = key == null
                            ? null
                            : commits.ask(session -> EdgeAndKeyTables.keyHolder(session, key))
                                    .orElse(null);
                    if (key != null && holder != null) {
                        return new KeyTakenException(key.key(), holder);
                    }
                }
                JobKey.refuseTwice(change.jobs());
            } catch (KeyTakenException e) {
                return e;
            } catch (CommitFailure e) {
                failure.addSuppressed(e);
            }
        }
        return new StoreException(failure.getMessage() + "; nothing was stored", failure);
    }
}
