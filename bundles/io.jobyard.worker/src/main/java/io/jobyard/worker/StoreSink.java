// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.JobStore;
import io.jobyard.api.spi.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a run's log, and its outcome after that. While a store that is slow or away has not taken the lines of a run,
 * the next ones stay with the run, which keeps so many.
 */
final class StoreSink implements Outcomes.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSink.class);

    private final JobStore store;
    private final JobScheduler scheduler;
    private final Set<Run> inFlight = ConcurrentHashMap.newKeySet();

    StoreSink(JobStore store, JobScheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    @Override
    public CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
        send(run);
        return scheduler.finish(run.assignment, run.startedAt(), outcome);
    }

    @Override
    public void log(Run run) {
        if (inFlight.add(run)) {
            send(run).whenComplete((done, fault) -> inFlight.remove(run));
        }
    }

    private CompletableFuture<Void> send(Run run) {
        List<LogLine> lines = run.takeLog();
        if (lines.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return store.log(run.id(), lines).whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.warn("{} log lines of job {} are lost: {}", lines.size(), run.id(), fault.getMessage());
            }
        });
    }
}
