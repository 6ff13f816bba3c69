// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LoadedJob;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts runs. Safe for use by several threads. */
final class Runs {

    private record Start(Assignment run, CompletableFuture<Boolean> answer) {}

    private final JobRepository repository;
    private final QueueManager queue;
    private final HandlerCatalog handlers;
    private final Decisions decisions;

    Runs(JobRepository repository, QueueManager queue, HandlerCatalog handlers, Decisions decisions) {
        this.repository = repository;
        this.queue = queue;
        this.handlers = handlers;
        this.decisions = decisions;
    }

    List<Assignment> claim(int max, Duration patience) throws InterruptedException {
        List<Taken> taken = queue.take(max, patience);
        if (taken.isEmpty()) {
            return List.of();
        }
        Map<JobId, Taken> open = new LinkedHashMap<>();
        taken.forEach(job -> open.put(job.place().id(), job));
        try {
            return start(open);
        } catch (RuntimeException e) {
            queue.putBack(List.copyOf(open.values()));
            throw e;
        }
    }

    private CompletableFuture<Boolean> ask(Move start) {
        return Futures.ask(() -> repository.move(start, null));
    }

    /** Leaves in {@code open} what was not started, for whatever reason. */
    private List<Assignment> start(Map<JobId, Taken> open) {
        List<Start> starts = new ArrayList<>();
        for (LoadedJob job : repository.load(List.copyOf(open.keySet()))) {
            if (!isAsTaken(job.stored(), open.get(job.stored().id()))) {
                continue;
            }
            JobTerms terms = job.stored().job().terms();
            HandlerName handler =
                    handlers.serving(terms.type(), terms.handlerVersion()).orElse(null);
            decisions
                    .start(job.stored(), queue.route(terms.queue(), terms.type()), handler)
                    .ifPresent(move ->
                            starts.add(new Start(new Assignment(move.after(), job.payload(), handler), ask(move))));
        }
        List<Assignment> started = new ArrayList<>();
        RuntimeException fault = null;
        for (Start start : starts) {
            try {
                if (Futures.join(start.answer())) {
                    started.add(start.run());
                    open.remove(start.run().stored().id());
                }
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null && started.isEmpty()) {
            throw fault;
        }
        if (fault != null) {
            queue.putBack(List.copyOf(open.values()));
        } else {
            queue.forget(List.copyOf(open.values()));
        }
        return started;
    }

    /** The gates were asked for the lane it was taken from: if somebody has changed it since, they are asked anew. */
    private static boolean isAsTaken(StoredJob job, Taken taken) {
        return LaneKey.of(job).equals(taken.lane())
                && taken.place().readyAt().equals(job.books().readyAt());
    }
}
