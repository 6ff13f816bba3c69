// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.RunNotice;
import io.jobyard.spi.jobs.LiveRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Publishes the progress of runs to other hosts, only if it has changed and at most once per second. Runs without progress, without an
 * extension and without a reason to end are omitted. Only for one thread.
 */
final class RunNotices {

    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HostNotices notices;
    private final Supplier<List<Run>> runs;
    private final LongSupplier ticker;
    private Map<JobId, LiveRun> told = Map.of();
    private long lookedAt;

    RunNotices(HostNotices notices, Supplier<List<Run>> runs, LongSupplier ticker) {
        this.notices = notices;
        this.runs = runs;
        this.ticker = ticker;
        lookedAt = ticker.getAsLong() - LEAST_NANOS;
    }

    /** Publishes the progress, unless there are no other hosts. */
    void look(boolean anybodyAsks) {
        if (ticker.getAsLong() - lookedAt < LEAST_NANOS) {
            return;
        }
        lookedAt = ticker.getAsLong();
        Map<JobId, LiveRun> now = anybodyAsks ? now() : Map.of();
        if (!now.equals(told)) {
            told = now;
            notices.post(HostNotices.RUNS, RunNotice.write(now));
        }
    }

    private Map<JobId, LiveRun> now() {
        Map<JobId, LiveRun> now = new HashMap<>();
        for (Run run : runs.get()) {
            LiveRun live = run.view();
            if (live.progress() != null || live.ending() != null || live.extendedTo() != null) {
                now.put(run.id(), live);
            }
        }
        return now;
    }
}
