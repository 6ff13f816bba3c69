// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LoadedJob;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start and the end of runs. Safe for use by several threads. */
final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private record Start(Move move, String payload, CompletableFuture<Boolean> answer) {}

    private final JobRepository repository;
    private final QueueManager queue;
    private final Decisions decisions;
    private final Supplier<SchedulerSettings> settings;
    private final Executor reader;

    Runs(
            JobRepository repository,
            QueueManager queue,
            Decisions decisions,
            Supplier<SchedulerSettings> settings,
            Executor reader) {
        this.repository = repository;
        this.queue = queue;
        this.decisions = decisions;
        this.settings = settings;
        this.reader = reader;
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

    CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        if (outcome instanceof Outcome.RateLimited limited) {
            queue.rateLimited(run.stored().id(), decisions.opensAt(limited)); // so that none meets it meanwhile
        }
        return end(run.stored(), run, startedAt, bounded(outcome))
                .exceptionallyCompose(refusal -> end(run.stored(), run, startedAt, unstorable(run, refusal)))
                .whenComplete((accepted, fault) -> {
                    if (fault != null) {
                        LOG.error(
                                "The outcome of job {} run {} is not stored",
                                run.stored().id(),
                                runOf(run),
                                fault);
                    } else if (!accepted) {
                        LOG.warn(
                                "Dropped a late outcome of job {} run {}",
                                run.stored().id(),
                                runOf(run));
                    }
                });
    }

    private CompletableFuture<Boolean> end(
            StoredJob job, Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        Move move = decisions.end(job, startedAt, outcome);
        return Futures.ask(() -> repository.move(move, decisions::release))
                .thenCompose(accepted ->
                        accepted ? CompletableFuture.completedFuture(true) : endAnew(run, startedAt, outcome));
    }

    /** What is stored in place of an outcome that the store refuses, so that the job does not seem to run for ever. */
    private static Outcome unstorable(Assignment run, Throwable refusal) {
        Throwable cause =
                refusal instanceof CompletionException && refusal.getCause() != null ? refusal.getCause() : refusal;
        LOG.warn("The outcome of job {} run {} is refused", run.stored().id(), runOf(run), cause);
        return new Outcome.Failed("the outcome could not be stored: " + cause.getMessage(), true, null);
    }

    /** The job has changed: as long as others only ask to cancel it, the run is still ours to end. */
    private CompletableFuture<Boolean> endAnew(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        return CompletableFuture.supplyAsync(() -> repository.job(run.stored().id()), reader)
                .exceptionally(fault -> Optional.of(run.stored())) // unreadable now: a move waits for the database
                .thenCompose(now -> now.filter(job -> isHeldBy(job, run))
                        .map(job -> end(job, run, startedAt, outcome))
                        .orElseGet(() -> CompletableFuture.completedFuture(false)));
    }

    private static boolean isHeldBy(StoredJob job, Assignment run) {
        return job.job().status() == JobStatus.RUNNING
                && job.job().state().run() == runOf(run)
                && Objects.equals(
                        job.books().incarnation(), run.stored().books().incarnation());
    }

    private CompletableFuture<Boolean> ask(Move start) {
        return Futures.ask(() -> repository.move(start));
    }

    /** Leaves in {@code open} what was not started, for whatever reason. */
    private List<Assignment> start(Map<JobId, Taken> open) {
        List<Start> starts = new ArrayList<>();
        for (LoadedJob job : repository.load(List.copyOf(open.keySet()))) {
            if (!isAsTaken(job.stored(), open.get(job.stored().id()))) {
                continue;
            }
            decisions.start(job.stored()).ifPresent(move -> starts.add(new Start(move, job.payload(), ask(move))));
        }
        List<Assignment> started = new ArrayList<>();
        RuntimeException fault = null;
        for (Start start : starts) {
            try {
                if (Futures.join(start.answer())) {
                    started.add(new Assignment(start.move().after(), start.payload()));
                    open.remove(start.move().before().id());
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

    private Outcome bounded(Outcome outcome) {
        int max = settings.get().maxResultBytes();
        if (outcome instanceof Outcome.Completed completed) {
            int bytes = completed.result().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > max) {
                String error = "result has " + bytes + " bytes, max.result.bytes is " + max
                        + ": store the data elsewhere and return a reference, or raise it in io.jobyard.scheduler";
                return new Outcome.Failed(error, true, null);
            }
        }
        return outcome;
    }

    private static int runOf(Assignment run) {
        return run.stored().job().state().run();
    }
}
