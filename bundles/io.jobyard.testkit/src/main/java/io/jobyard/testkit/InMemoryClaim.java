// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StartRule;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import io.jobyard.api.spi.scheduling.Claimed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The starts of some ready jobs; each that fails does so alone. Guarded like the tables. */
final class InMemoryClaim {

    private final InMemoryTables tables;
    private final List<Taken> places;
    private final StartRule rule;
    private final List<Assignment> runs = new ArrayList<>();
    private final List<Taken> gone = new ArrayList<>();

    InMemoryClaim(InMemoryTables tables, List<Taken> places, StartRule rule) {
        this.tables = tables;
        this.places = places;
        this.rule = rule;
    }

    /** What changed. */
    List<Committed> start() {
        List<Committed> done = new ArrayList<>();
        RuntimeException fault = null;
        for (Taken place : places) {
            try {
                start(place, done);
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null && done.isEmpty() && gone.isEmpty()) {
            throw fault;
        }
        return done;
    }

    private void start(Taken place, List<Committed> done) {
        JobId id = place.place().id();
        @Nullable StoredJob job = tables.jobs.get(id);
        if (job == null || !place.isOf(job)) {
            gone.add(place);
            return;
        }
        Move move = rule.start(job, place);
        tables.move(move).ifPresent(change -> {
            done.add(change);
            if (move.state().status() == JobStatus.RUNNING) {
                runs.add(Assignment.of(move, tables.admissions.get(id).payload()));
            }
        });
    }

    Claimed claimed() {
        return new Claimed(runs, gone);
    }
}
