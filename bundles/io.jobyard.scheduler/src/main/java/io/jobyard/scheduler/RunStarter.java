// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts runs on the hosts that the queue has chosen for them. */
final class RunStarter {

    private final JobClaims queue;
    private final HandlerCatalog handlers;
    private final CanaryJobs canaries;
    private final Decisions decisions;
    private final UUID incarnation;
    private final String host;

    RunStarter(JobClaims queue, HandlerCatalog handlers, CanaryJobs canaries, Decisions decisions, JobStore store) {
        this.canaries = canaries;
        this.queue = queue;
        this.handlers = handlers;
        this.decisions = decisions;
        incarnation = store.incarnation();
        host = store.host();
    }

    List<Assignment> claim(Supplier<Slots> room, Duration timeout) throws InterruptedException {
        return queue.claim(room, timeout, this::start);
    }

    void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs) {
        queue.startAdmitted(room, this::start, runs);
    }

    private Move start(StoredJob job, ClaimCandidate position) {
        if (position.fault() != null) {
            return decisions.oversized(job, position.fault());
        }
        ServingHost elsewhere = position.elsewhere();
        ServingHost on = elsewhere == null ? here(position) : elsewhere;
        return decisions.start(job, position.queue(), on, canaries.takes(job, on));
    }

    private ServingHost here(ClaimCandidate position) {
        String type = position.lane().type();
        return new ServingHost(
                incarnation,
                host,
                handlers.serving(type, position.range()).orElse(null),
                handlers.canary(type, position.range()).orElse(null));
    }
}
