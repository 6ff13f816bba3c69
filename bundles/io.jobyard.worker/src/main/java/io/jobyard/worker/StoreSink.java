// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a run's log, and its outcome after that. */
final class StoreSink implements Outcomes.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSink.class);

    private final JobRepository repository;
    private final JobScheduler scheduler;

    StoreSink(JobRepository repository, JobScheduler scheduler) {
        this.repository = repository;
        this.scheduler = scheduler;
    }

    @Override
    public CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
        log(run);
        return scheduler.finish(run.assignment, run.startedAt(), outcome);
    }

    @Override
    public void log(Run run) {
        List<LogLine> lines = run.takeLog();
        if (!lines.isEmpty()) {
            repository.log(run.id(), lines).whenComplete((done, fault) -> {
                if (fault != null) {
                    LOG.warn("{} log lines of job {} are lost: {}", lines.size(), run.id(), fault.getMessage());
                }
            });
        }
    }
}
