// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.RunMonitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Workers that have the runs that a test puts there. */
public final class FakeRunMonitor implements RunMonitor {

    public final Map<JobId, LiveRun> runs = new ConcurrentHashMap<>();
    /** How they are used; null until a test has set it. */
    public volatile @Nullable Workers workers;
    /** What they were told to end: id and run, such as {@code 00000000-0000-0000-0000-000000000001:2}. */
    public final List<String> cancelled = new CopyOnWriteArrayList<>();

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

    @Override
    public void cancel(JobId id, int run) {
        cancelled.add(id + ":" + run);
    }
}
