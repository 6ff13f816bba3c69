// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.rows.FollowerTable;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Advances a follower and stores its jobs, unless the follower has moved meanwhile. */
public record FollowerAdvance(
        String follower,
        @Nullable EventCursor before,
        EventCursor after,
        List<AdmittedJob> admitted,
        CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean won = FollowerTable.advance(transaction.session(), follower, before, after, transaction.isShared());
        if (won) {
            for (AdmittedJob job : admitted) {
                transaction.jobs().admit(job);
            }
            if (!admitted.isEmpty()) {
                transaction.letsIn(admitted.get(0).stored().job().submitter(), admitted.size());
            }
        }
        return () -> future.complete(won);
    }

    @Override
    public int size() {
        return 1 + admitted.size();
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }

    @Override
    public List<StoredJob> jobs() {
        return admitted.stream().map(AdmittedJob::stored).toList();
    }
}
