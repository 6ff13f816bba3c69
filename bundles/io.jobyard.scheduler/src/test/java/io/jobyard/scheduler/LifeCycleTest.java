// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StepKind;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of the table, made by what makes it. */
class LifeCycleTest {

    private static final ServingHost HERE = new ServingHost(SchedulerFixture.INCARNATION, "here", null, null);

    private static final Map<LifeCycle, Function<SchedulerFixture, JobId>> MADE_BY = new EnumMap<>(LifeCycle.class);

    static {
        MADE_BY.put(LifeCycle.ADMITTED, SchedulerFixture::submit);
        MADE_BY.put(
                LifeCycle.ADMITTED_DEPENDENT,
                scheduler -> scheduler.submit(SchedulerFixture.spec().dependsOn(scheduler.submit())));
        MADE_BY.put(
                LifeCycle.ADMITTED_EARLY,
                scheduler -> scheduler.submit(SchedulerFixture.spec().notBefore(at(5))));
        MADE_BY.put(LifeCycle.READY, scheduler -> {
            JobId id = scheduler.submit(SchedulerFixture.spec().notBefore(at(5)));
            scheduler.clock.set(at(5));
            scheduler.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.READY_LATER, scheduler -> {
            JobId parent = scheduler.submit();
            JobId id =
                    scheduler.submit(SchedulerFixture.spec().dependsOn(parent).notBefore(at(5)));
            scheduler.complete(parent);
            scheduler.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.DEPENDENCY_FAILED, scheduler -> afterBadParent(scheduler, DependencyPolicy.FAIL));
        MADE_BY.put(LifeCycle.DEPENDENCY_CANCELLED, scheduler -> afterBadParent(scheduler, DependencyPolicy.CANCEL));
        MADE_BY.put(LifeCycle.WAITING_EXPIRED, scheduler -> {
            JobId id = scheduler.submit(
                    SchedulerFixture.spec().dependsOn(scheduler.submit()).expires(at(5)));
            scheduler.clock.set(at(5));
            scheduler.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.QUEUED_EXPIRED, scheduler -> {
            JobId id = scheduler.submit(SchedulerFixture.spec().expires(at(5)));
            scheduler.clock.set(at(5));
            scheduler.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.STARTED, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.claim(id);
            return id;
        });
        MADE_BY.put(LifeCycle.HANDLER_RETURNED, scheduler -> ended(scheduler, new Outcome.Completed("{}")));
        MADE_BY.put(LifeCycle.RETRY, scheduler -> ended(scheduler, new Outcome.Failed("broken", false, null)));
        MADE_BY.put(
                LifeCycle.RATE_LIMITED,
                scheduler -> ended(scheduler, new Outcome.RateLimited(Duration.ofSeconds(7), "429")));
        MADE_BY.put(LifeCycle.SLEPT, scheduler -> ended(scheduler, new Outcome.Slept(Duration.ofSeconds(7), null)));
        MADE_BY.put(
                LifeCycle.WAITS_FOR_SIGNAL,
                scheduler -> ended(scheduler, waits("signal approved", StepKind.SIGNAL, "approved")));
        MADE_BY.put(
                LifeCycle.WAITS_FOR_CALLBACK,
                scheduler -> ended(scheduler, waits("callback 1", StepKind.CALLBACK, "callback:secret")));
        MADE_BY.put(LifeCycle.WAITS_FOR_CHILDREN, scheduler -> {
            JobId id = scheduler.submit();
            Assignment run = scheduler.claim(id);
            StoredStep children =
                    StoredStep.begun(1, "children 1", StepKind.CHILDREN, 1, SchedulerFixture.START, null, null);
            List<JobSpecification> one = List.of(SchedulerFixture.spec().build());
            scheduler.finish(
                    run,
                    new Outcome.WaitsFor(
                            scheduler.engine.submit(run, children, one).orElseThrow()));
            return id;
        });
        MADE_BY.put(LifeCycle.GOES_ON, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.manager.signal(id, "approved", true);
            scheduler.finish(scheduler.claim(id), waits("signal approved", StepKind.SIGNAL, "approved"));
            return id;
        });
        MADE_BY.put(LifeCycle.OVERSIZED, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.queue.faults.put(id, "estimate tokens = 5 exceeds the whole budget");
            assertThat(scheduler.claim(1)).isEmpty();
            return id;
        });
        MADE_BY.put(
                LifeCycle.AWAITS_LIMITS,
                scheduler -> ended(scheduler, new Outcome.AwaitsLimits(Map.of("calls", 1.0), "step 'a' waits")));
        MADE_BY.put(LifeCycle.FAILED_ERROR, scheduler -> ended(scheduler, new Outcome.Failed("broken", true, null)));
        MADE_BY.put(LifeCycle.FAILED_TIMEOUT, scheduler -> {
            JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
            scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60)));
            return id;
        });
        MADE_BY.put(LifeCycle.PAST_DEADLINE, scheduler -> {
            JobId id = scheduler.submit(SchedulerFixture.spec().deadline(at(5)));
            Assignment run = scheduler.claim(id);
            scheduler.clock.set(at(5));
            scheduler.finish(run, new Outcome.PastDeadline());
            return id;
        });
        MADE_BY.put(LifeCycle.GIVEN_BACK, scheduler -> ended(scheduler, new Outcome.GivenBack("its handler left")));
        MADE_BY.put(LifeCycle.LEFT_CANARY, scheduler -> {
            CanaryJobsTest.share(scheduler, 100);
            JobId id = scheduler.submit();
            Assignment run = scheduler.claim(id);
            scheduler.handlers.canaries.clear();
            scheduler.finish(run, new Outcome.Failed("boom", true, null));
            return id;
        });
        MADE_BY.put(
                LifeCycle.PROGRESSED,
                scheduler -> ended(scheduler, new Outcome.TimedOut(Duration.ofSeconds(60), false, true)));
        MADE_BY.put(LifeCycle.UNKNOWN_TYPE, scheduler -> {
            scheduler.handlers.handlers.clear();
            JobId id = scheduler.submit();
            scheduler.tidy();
            scheduler.ticker.addAndGet(
                    Duration.ofSeconds(scheduler.settings.handlerGraceSeconds()).toNanos());
            scheduler.tidy();
            return id;
        });
        MADE_BY.put(
                LifeCycle.CANCELLED_WAITING,
                scheduler -> cancelled(
                        scheduler, scheduler.submit(SchedulerFixture.spec().notBefore(at(5)))));
        MADE_BY.put(LifeCycle.CANCELLED_QUEUED, scheduler -> cancelled(scheduler, scheduler.submit()));
        MADE_BY.put(LifeCycle.CANCEL_ASKED, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.claim(id);
            return cancelled(scheduler, id);
        });
        MADE_BY.put(LifeCycle.MIGRATED, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.engine.note(scheduler.claim(id), "payload migrated").join();
            return id;
        });
        MADE_BY.put(LifeCycle.CANCELLED_RUNNING, scheduler -> {
            JobId id = scheduler.submit();
            Assignment run = scheduler.claim(id);
            cancelled(scheduler, id);
            scheduler.finish(run, new Outcome.Cancelled());
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED, scheduler -> {
            JobId id = MADE_BY.get(LifeCycle.FAILED_ERROR).apply(scheduler);
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED_DEPENDENT, scheduler -> {
            JobId id = afterBadParent(scheduler, DependencyPolicy.FAIL);
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED_EARLY, scheduler -> {
            JobId parent = scheduler.submit();
            JobId id =
                    scheduler.submit(SchedulerFixture.spec().dependsOn(parent).notBefore(at(5)));
            scheduler.fail(parent);
            scheduler.tidy();
            scheduler.manager.retry(parent);
            scheduler.complete(parent);
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED_DEPENDENT, scheduler -> {
            JobId id = cancelled(
                    scheduler, scheduler.submit(SchedulerFixture.spec().dependsOn(scheduler.submit())));
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED_EARLY, scheduler -> {
            JobId id = cancelled(
                    scheduler, scheduler.submit(SchedulerFixture.spec().notBefore(at(5))));
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED, scheduler -> {
            JobId id = cancelled(scheduler, scheduler.submit());
            scheduler.manager.retry(id);
            return id;
        });
        MADE_BY.put(
                LifeCycle.CHANGED_WAITING,
                scheduler -> changed(scheduler, SchedulerFixture.spec().notBefore(at(5)), new JobChange().priority(1)));
        MADE_BY.put(
                LifeCycle.CHANGED_QUEUED,
                scheduler -> changed(scheduler, SchedulerFixture.spec(), new JobChange().priority(1)));
        MADE_BY.put(
                LifeCycle.PUT_OFF,
                scheduler -> changed(scheduler, SchedulerFixture.spec(), new JobChange().notBefore(at(5))));
        MADE_BY.put(
                LifeCycle.BROUGHT_FORWARD,
                scheduler ->
                        changed(scheduler, SchedulerFixture.spec().notBefore(at(5)), new JobChange().notBefore(null)));
        MADE_BY.put(LifeCycle.PAUSED_QUEUED, scheduler -> paused(scheduler, SchedulerFixture.spec()));
        MADE_BY.put(
                LifeCycle.PAUSED_WAITING,
                scheduler -> paused(scheduler, SchedulerFixture.spec().notBefore(at(5))));
        MADE_BY.put(LifeCycle.RESUMED, scheduler -> resumed(scheduler, SchedulerFixture.spec()));
        MADE_BY.put(
                LifeCycle.RESUMED_DEPENDENT,
                scheduler -> resumed(scheduler, SchedulerFixture.spec().dependsOn(scheduler.submit())));
        MADE_BY.put(
                LifeCycle.RESUMED_EARLY,
                scheduler -> resumed(scheduler, SchedulerFixture.spec().notBefore(at(5))));
        MADE_BY.put(LifeCycle.HOST_LOST, scheduler -> {
            JobId id = scheduler.submit();
            scheduler.claim(id);
            scheduler.restart().tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.CRASHED, scheduler -> {
            JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
            SchedulerFixture next = scheduler;
            for (int loss = 0; loss <= SchedulingState.SUSPECT_LOSSES; loss++) {
                next.claim(id);
                next = next.restart();
                next.tidy();
            }
            return id;
        });
    }

    @ParameterizedTest
    @EnumSource(LifeCycle.class)
    void eachMoveOfTheTableIsMadeAsItSays(LifeCycle move) {
        SchedulerFixture scheduler = new SchedulerFixture();

        JobId id = MADE_BY.get(move).apply(scheduler);

        JobState state = scheduler.job(id).state();
        HistoryEvent event = scheduler.last(id);
        assertThat(state.status()).isEqualTo(move.to());
        assertThat(state.reason()).isEqualTo(move == LifeCycle.CHANGED_WAITING ? Reason.TIME : move.reason());
        assertThat(event.from()).isEqualTo(move.from());
        assertThat(event.to()).isEqualTo(move.to());
        assertThat(event.reason()).isEqualTo(state.reason());
        assertThat(event.at()).isEqualTo(state.changedAt()).isEqualTo(scheduler.clock.instant());
        assertThat(event.run().number()).isEqualTo(state.run().number());
        assertThat(event.run().attempt()).isEqualTo(state.run().attempt());
        assertThat(state.completedAt()).isEqualTo(move.to().isFinished() ? scheduler.clock.instant() : null);
        assertThat(scheduler.stored(id).books().incarnation())
                .isEqualTo(move.to() == JobStatus.RUNNING ? SchedulerFixture.INCARNATION : null);
    }

    @ParameterizedTest
    @EnumSource(LifeCycle.class)
    void aMoveFromAnyOtherStatusIsRefused(LifeCycle move) {
        List<JobStatus> all = new ArrayList<>(List.of(JobStatus.values()));
        all.add(null);
        for (JobStatus from : all) {
            if (from == move.from()) {
                move.require(from);
            } else {
                assertThatThrownBy(() -> move.require(from))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(move.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = JobStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
    void anOutcomeIsOnlyDecidedForARunningJob(JobStatus status) {
        SchedulerFixture scheduler = new SchedulerFixture();
        Decisions decisions = decisions(scheduler);
        JobId id = switch (status) {
            case WAITING -> MADE_BY.get(LifeCycle.ADMITTED_EARLY).apply(scheduler);
            case QUEUED -> scheduler.submit();
            case CANCELLED -> MADE_BY.get(LifeCycle.CANCELLED_QUEUED).apply(scheduler);
            case COMPLETED -> MADE_BY.get(LifeCycle.HANDLER_RETURNED).apply(scheduler);
            default -> MADE_BY.get(LifeCycle.FAILED_ERROR).apply(scheduler);
        };

        assertThatThrownBy(() -> new RunEndDecisions(scheduler.clock, (type, attempt) -> Duration.ZERO)
                        .end(scheduler.stored(id), null, new Outcome.Completed("{}")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decisions.hostLost(scheduler.stored(id))).isInstanceOf(IllegalStateException.class);
        onlyFromQueued(status, JobStatus.RUNNING, () -> decisions.start(scheduler.stored(id), "default", HERE, false));
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void peopleMayCancelWhatIsNotFinalAndRetryWhatEndedBadly(JobStatus status) {
        SchedulerFixture scheduler = new SchedulerFixture();
        Decisions decisions = decisions(scheduler);
        JobId id = switch (status) {
            case WAITING -> MADE_BY.get(LifeCycle.ADMITTED_EARLY).apply(scheduler);
            case QUEUED -> scheduler.submit();
            case RUNNING -> MADE_BY.get(LifeCycle.STARTED).apply(scheduler);
            case COMPLETED -> MADE_BY.get(LifeCycle.HANDLER_RETURNED).apply(scheduler);
            case FAILED -> MADE_BY.get(LifeCycle.FAILED_ERROR).apply(scheduler);
            case CANCELLED -> MADE_BY.get(LifeCycle.CANCELLED_QUEUED).apply(scheduler);
        };

        refusedUnless(!status.isFinished(), () -> decisions.cancel(scheduler.stored(id), "ann", List.of()));
        boolean bad = status == JobStatus.FAILED || status == JobStatus.CANCELLED;
        refusedUnless(bad, () -> decisions.retry(scheduler.stored(id), List.of(), Map.of(), "ann", ""));
        onlyFromQueued(status, JobStatus.FAILED, () -> decisions.unknownType(scheduler.stored(id)));
    }

    private static void onlyFromQueued(JobStatus from, JobStatus to, Supplier<Move> decision) {
        if (from == JobStatus.QUEUED) {
            assertThat(decision.get().state().status()).isEqualTo(to);
        } else {
            assertThatThrownBy(decision::get).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Decisions decisions(SchedulerFixture scheduler) {
        return new Decisions(scheduler.clock);
    }

    private static void refusedUnless(boolean allowed, ThrowingCallable decision) {
        if (allowed) {
            assertThatCode(decision).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(decision).isInstanceOf(StateConflictException.class);
        }
    }

    private static Outcome waits(String name, StepKind kind, String signal) {
        return new Outcome.WaitsFor(StoredStep.begun(1, name, kind, 1, SchedulerFixture.START, null, signal));
    }

    private static JobId cancelled(SchedulerFixture scheduler, JobId id) {
        scheduler.manager.cancel(id);
        return id;
    }

    private static JobId changed(SchedulerFixture scheduler, JobSpecificationBuilder specification, JobChange change) {
        JobId id = scheduler.submit(specification);
        scheduler.manager.change(id, change);
        return id;
    }

    private static JobId paused(SchedulerFixture scheduler, JobSpecificationBuilder asked) {
        JobId id = scheduler.submit(asked);
        scheduler.manager.pauseJob(id, null, null);
        return id;
    }

    private static JobId resumed(SchedulerFixture scheduler, JobSpecificationBuilder asked) {
        JobId id = paused(scheduler, asked);
        scheduler.manager.resumeJob(id);
        return id;
    }

    private static Instant at(int seconds) {
        return SchedulerFixture.START.plusSeconds(seconds);
    }

    private static JobId afterBadParent(SchedulerFixture scheduler, DependencyPolicy policy) {
        JobId parent = scheduler.submit();
        JobId id = scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(policy));
        scheduler.fail(parent);
        scheduler.tidy();
        return id;
    }

    private static JobId ended(SchedulerFixture scheduler, Outcome outcome) {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.clock.advance(Duration.ofSeconds(1));
        scheduler.finish(run, outcome);
        return id;
    }

    @Test
    void noMoveIsMadeEarlierThanTheOneBeforeWhateverTheClockOfAHostSays() {
        SchedulerFixture scheduler = new SchedulerFixture();
        JobId id = scheduler.submit();
        Instant submitted = scheduler.job(id).state().changedAt();
        scheduler.clock.set(submitted.minusMillis(3));
        scheduler.claim(id);
        assertThat(scheduler.last(id).at()).isEqualTo(submitted);
    }
}
