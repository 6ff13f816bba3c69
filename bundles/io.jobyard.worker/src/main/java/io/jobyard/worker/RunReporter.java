// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.scheduling.JobStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on a run's log, what it has used and what it has emitted, and its outcome after that. While a store that is slow or away has not taken the lines of a run,
 * the next ones stay with the run, which keeps so many. Safe for use by several threads.
 */
final class RunReporter {

    private static final Logger LOG = LoggerFactory.getLogger(RunReporter.class);

    private final JobStore store;
    private final RunUses uses;
    private final RunStreams streams;
    private final JobScheduler scheduler;
    private final Set<Run> inFlight = ConcurrentHashMap.newKeySet();

    RunReporter(JobStore store, RunUses uses, RunStreams streams, JobScheduler scheduler) {
        this.store = store;
        this.uses = uses;
        this.streams = streams;
        this.scheduler = scheduler;
    }

    /** Completes when the outcome is stored, or cannot be. */
    CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
        try {
            send(run);
            uses.finish(run);
            streams.finish(run);
            return scheduler.finish(run.assignment, run.startedAt(), outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("The outcome of job {} was not taken; it goes back at the next start", run.id(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Stores what the handler has written to its job's log. */
    void log(Run run) {
        if (inFlight.add(run)) {
            send(run).whenComplete((done, fault) -> inFlight.remove(run));
        }
    }

    private CompletableFuture<Void> send(Run run) {
        List<LogLine> lines = run.takeLog();
        if (lines.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return Futures.ask(() -> store.log(run.id(), lines)).whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.warn("{} log lines of job {} are lost: {}", lines.size(), run.id(), fault.getMessage());
            }
        });
    }
}
