// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores lines that runs write to the logs of their jobs. If the store is slow or unavailable, the run keeps a limited number of lines. */
final class RunLogs {

    private static final Logger LOG = LoggerFactory.getLogger(RunLogs.class);

    private final JobStore store;
    private final Set<Run> inFlight = ConcurrentHashMap.newKeySet();

    RunLogs(JobStore store) {
        this.store = store;
    }

    /** Stores the lines so far. Lines that are added while a write of the run is in flight are stored after it. */
    void keep(Run run) {
        if (!run.lines.isEmpty() && inFlight.add(run)) {
            finish(run).whenComplete((done, fault) -> {
                inFlight.remove(run);
                run.lines.raiseIfAny();
            });
        }
    }

    /** Stores the rest, even if a write is in flight. */
    CompletableFuture<Void> finish(Run run) {
        return with(
                run, lines -> lines.isEmpty() ? CompletableFuture.completedFuture(null) : store.log(run.id(), lines));
    }

    /** Stores the remaining lines together with something else, in one commit. */
    <T> CompletableFuture<T> with(Run run, Function<List<LogLine>, CompletableFuture<T>> write) {
        synchronized (run) { // prevents another thread from storing later lines first
            List<LogLine> lines = run.lines.take();
            return Futures.ask(() -> write.apply(lines)).whenComplete((done, fault) -> {
                if (fault != null && !lines.isEmpty()) {
                    LOG.warn("{} log lines of job {} lost: {}", lines.size(), run.id(), fault.getMessage());
                }
            });
        }
    }
}
