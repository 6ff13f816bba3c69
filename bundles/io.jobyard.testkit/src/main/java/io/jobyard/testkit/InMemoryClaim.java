// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.StartRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts of some ready jobs. A start that fails does not affect the others. Guarded by the lock of the tables. */
final class InMemoryClaim {

    private final InMemoryTables tables;
    private final List<ClaimCandidate> positions;
    private final StartRule rule;
    private final List<Assignment> runs = new ArrayList<>();
    private final List<ClaimCandidate> gone = new ArrayList<>();

    InMemoryClaim(InMemoryTables tables, List<ClaimCandidate> positions, StartRule rule) {
        this.tables = tables;
        this.positions = positions;
        this.rule = rule;
    }

    /** Changes of the claim. */
    List<Committed> start() {
        List<Committed> done = new ArrayList<>();
        RuntimeException fault = null;
        for (ClaimCandidate position : positions) {
            try {
                start(position, done);
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null && done.isEmpty() && gone.isEmpty()) {
            throw fault;
        }
        return done;
    }

    private void start(ClaimCandidate position, List<Committed> done) {
        JobId id = position.position().id();
        @Nullable StoredJob job = tables.jobs.get(id);
        if (job == null || !position.isOf(job)) {
            gone.add(position);
            return;
        }
        Move move = rule.start(job, position);
        tables.move(move).ifPresent(change -> {
            done.add(change);
            if (move.state().status() == JobStatus.RUNNING) {
                runs.add(Assignment.of(move, tables.admission(id).payload()));
            }
        });
    }

    ClaimResult claimed() {
        return new ClaimResult(runs, gone);
    }
}
