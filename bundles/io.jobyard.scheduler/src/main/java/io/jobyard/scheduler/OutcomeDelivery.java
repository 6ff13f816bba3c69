// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends runs: sends each outcome to the store until it is accepted. */
final class OutcomeDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeDelivery.class);
    /** Number of attempts with the original outcome. If the store still rejects this outcome, a failure replaces it. */
    private static final int AS_IT_IS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JobStore jobs;
    private final WorkStore work;
    private final JobReads reads;
    private final RunLimits queue;
    private final RunEndRules rules;
    private final Supplier<SchedulerSettings> settings;
    private final Function<Duration, Executor> later;

    /** @param later runs a task after a delay, on a thread that does not belong to the store */
    OutcomeDelivery(
            JobStore jobs,
            WorkStore work,
            JobReads reads,
            RunLimits queue,
            RunEndRules rules,
            Supplier<SchedulerSettings> settings,
            Function<Duration, Executor> later) {
        this.jobs = jobs;
        this.work = work;
        this.reads = reads;
        this.queue = queue;
        this.rules = rules;
        this.settings = settings;
        this.later = later;
    }

    CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        if (outcome instanceof Outcome.RateLimited limited) {
            queue.rateLimited(run.stored().id(), rules.ends().opensAt(limited)); // set before the answer arrives
        } else if (outcome instanceof Outcome.TimedOut) {
            queue.overloaded(run.stored().id());
        }
        return bring(new Delivery(
                        run, startedAt, bounded(outcome), rules.canaries().of(run), 1))
                .whenComplete((accepted, fault) -> {
                    if (fault != null) {
                        LOG.error(
                                "Cannot store the outcome of {}; the job is requeued at the next start",
                                name(run),
                                fault);
                    } else if (!accepted) {
                        LOG.warn("Dropped a late outcome of {}", name(run));
                    }
                });
    }

    /** Adds a line to the history while the run belongs to this host, even if another change of the job is requested meanwhile. */
    CompletableFuture<Boolean> note(Assignment run, String what) {
        return Futures.ask(() -> note(run.stored(), run, what));
    }

    private CompletableFuture<Boolean> note(StoredJob job, Assignment run, String what) {
        return jobs.move(rules.ends().noted(job, what), rules.decisions()::release)
                .thenCompose(accepted -> accepted
                        ? CompletableFuture.completedFuture(true)
                        : after(Duration.ZERO, () -> reads.job(run.stored().id()))
                                .thenCompose(now -> now.filter(next -> isHeldBy(next, run))
                                        .map(next -> note(next, run, what))
                                        .orElseGet(() -> CompletableFuture.completedFuture(false))));
    }

    private CompletableFuture<Boolean> bring(Delivery delivery) {
        return Futures.ask(() -> end(delivery.run().stored(), delivery))
                .exceptionallyCompose(refusal -> again(delivery, Futures.cause(refusal)));
    }

    private CompletableFuture<Boolean> again(Delivery delivery, Throwable refusal) {
        if (delivery.attempt() == 1) {
            LOG.warn("Cannot store the outcome of {}; retrying: {}", name(delivery.run()), refusal.getMessage());
        }
        return after(delivery.pause(), () -> null).thenCompose(then -> bring(delivery.next(refusal)));
    }

    private CompletableFuture<Boolean> end(StoredJob job, Delivery delivery) {
        return store(job, delivery)
                .thenCompose(accepted -> accepted ? CompletableFuture.completedFuture(true) : endAnew(delivery));
    }

    private CompletableFuture<Boolean> store(StoredJob job, Delivery delivery) {
        Instant startedAt = delivery.startedAt();
        if (delivery.outcome() instanceof Outcome.WaitsFor waits && !job.cancelRequested()) {
            return work.rest(
                    rules.waits().waits(job, startedAt, waits.on()),
                    rules.waits().goesOn(job, startedAt, waits.on()),
                    waits.on());
        }
        return ProgressRetries.concerns(delivery.outcome())
                ? after(Duration.ZERO, () -> rules.progress().judge(job, (Outcome.TimedOut) delivery.outcome()))
                        .thenCompose(judged -> move(job, delivery, judged))
                : move(job, delivery, delivery.outcome());
    }

    private CompletableFuture<Boolean> move(StoredJob job, Delivery delivery, Outcome outcome) {
        return canary(job, delivery, outcome)
                .thenCompose(canary -> jobs.move(
                        rules.ends().end(job, delivery.startedAt(), outcome, canary), rules.decisions()::release));
    }

    /** Reads the state of the canary if it matters, at each attempt to store the outcome. */
    private CompletableFuture<CanaryRun> canary(StoredJob job, Delivery delivery, Outcome outcome) {
        return RunEndDecisions.fault(outcome) == null || delivery.canary() == CanaryRun.NONE
                ? CompletableFuture.completedFuture(delivery.canary())
                : after(Duration.ZERO, () -> rules.canaries().judge(job, delivery.canary()));
    }

    /** Decides again after a change of the job. If another request only cancels the job, this host may still end the run. */
    private CompletableFuture<Boolean> endAnew(Delivery delivery) {
        return after(Duration.ZERO, () -> reads.job(delivery.run().stored().id()))
                .exceptionally(
                        fault -> Optional.of(delivery.run().stored())) // the store cannot be read now: the move waits
                .thenCompose(now -> now.filter(job -> isHeldBy(job, delivery.run()))
                        .map(job -> end(job, delivery))
                        .orElseGet(() -> CompletableFuture.completedFuture(false)));
    }

    private <T> CompletableFuture<T> after(Duration delay, Supplier<T> work) {
        return Futures.ask(() -> CompletableFuture.supplyAsync(work, later.apply(delay)));
    }

    private static boolean isHeldBy(StoredJob job, Assignment run) {
        return job.job().status() == JobStatus.RUNNING
                && job.job().state().run().number()
                        == run.stored().job().state().run().number()
                && Objects.equals(
                        job.books().incarnation(), run.stored().books().incarnation());
    }

    private Outcome bounded(Outcome outcome) {
        int max = settings.get().sizes().maxResultBytes();
        if (outcome instanceof Outcome.Completed completed) {
            int bytes = completed.result().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > max) {
                String error = "the result has " + bytes + " bytes, but max.result.bytes is " + max
                        + ": store the data elsewhere and return a reference, or raise max.result.bytes in"
                        + " io.jobyard.scheduler";
                return new Outcome.Failed(error, true, null);
            }
        }
        return outcome;
    }

    private static String name(Assignment run) {
        return "job " + run.stored().id() + " run "
                + run.stored().job().state().run().number();
    }

    /** Outcome of a run to store, and the number of tries. */
    private record Delivery(
            Assignment run, @Nullable Instant startedAt, Outcome outcome, CanaryRun canary, int attempt) {

        /**
         * Returns the outcome for the next attempt to store. The last attempt stores a failure, so that the job does not appear to run
         * forever.
         */
        Delivery next(Throwable refusal) {
            if (attempt != AS_IT_IS) {
                return new Delivery(run, startedAt, outcome, canary, attempt + 1);
            }
            LOG.warn("The store refused the outcome of {}", name(run), refusal);
            String error = "the outcome could not be stored: " + refusal.getMessage();
            return new Delivery(run, startedAt, new Outcome.Failed(error, true, null), canary, attempt + 1);
        }

        Duration pause() {
            return attempt < AS_IT_IS ? FIRST_PAUSE.multipliedBy(1L << (attempt - 1)) : LONGEST_PAUSE;
        }
    }
}
