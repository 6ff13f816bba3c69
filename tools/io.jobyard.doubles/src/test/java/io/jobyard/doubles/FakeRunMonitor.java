// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.running.RunMonitor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Workers that have the runs that a test puts there. */
public final class FakeRunMonitor implements RunMonitor {

    public final Map<JobId, LiveRun> runs = new ConcurrentHashMap<>();
    /** How they are used; null until a test has set it. */
    public volatile @Nullable Workers workers;

    @Override
    public Optional<LiveRun> run(JobId id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public Workers workers() {
        Workers set = workers;
        if (set == null) {
            throw new Unexpected("RunMonitor.workers", "set workers");
        }
        return set;
    }
}
