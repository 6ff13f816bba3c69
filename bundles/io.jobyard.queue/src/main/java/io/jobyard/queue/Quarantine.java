// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.StoredJob;
import java.util.HashSet;
import java.util.Set;

/**
 * Of the jobs that were running when their host was lost, again and again, one at a time may run: so the one that ends
 * its hosts is found, and the others are not charged for it. Guarded by the lock of {@link Lanes}.
 */
final class Quarantine implements Gate {

    private final Set<JobId> out = new HashSet<>();

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public boolean open(LaneKey lane) {
        return !lane.suspect() || out.isEmpty();
    }

    @Override
    public String detail(LaneKey lane) {
        return "its host was lost at " + Bookkeeping.SUSPECT_LOSSES + " runs: such jobs run one at a time";
    }

    void clear() {
        out.clear();
    }

    void took(LaneKey lane, JobId id) {
        if (lane.suspect()) {
            out.add(id);
        }
    }

    void over(JobId id) {
        out.remove(id);
    }

    void committed(StoredJob after) {
        if (after.job().status() != JobStatus.RUNNING) {
            out.remove(after.id());
        } else if (after.books().isSuspect()) {
            out.add(after.id());
        }
    }
}
