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
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of the table, made by what makes it. */
class LifeCycleTest {

    private static final Map<LifeCycle, Function<Desk, JobId>> MADE_BY = new EnumMap<>(LifeCycle.class);

    static {
        MADE_BY.put(LifeCycle.ADMITTED, Desk::submit);
        MADE_BY.put(
                LifeCycle.ADMITTED_DEPENDENT, desk -> desk.submit(Desk.spec().dependsOn(desk.submit())));
        MADE_BY.put(LifeCycle.ADMITTED_EARLY, desk -> desk.submit(Desk.spec().notBefore(at(5))));
        MADE_BY.put(LifeCycle.READY, desk -> {
            JobId id = desk.submit(Desk.spec().notBefore(at(5)));
            desk.clock.set(at(5));
            desk.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.READY_LATER, desk -> {
            JobId parent = desk.submit();
            JobId id = desk.submit(Desk.spec().dependsOn(parent).notBefore(at(5)));
            desk.complete(parent);
            desk.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.DEPENDENCY_FAILED, desk -> afterBadParent(desk, DependencyPolicy.FAIL));
        MADE_BY.put(LifeCycle.DEPENDENCY_CANCELLED, desk -> afterBadParent(desk, DependencyPolicy.CANCEL));
        MADE_BY.put(LifeCycle.WAITING_EXPIRED, desk -> {
            JobId id = desk.submit(Desk.spec().dependsOn(desk.submit()).expires(at(5)));
            desk.clock.set(at(5));
            desk.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.QUEUED_EXPIRED, desk -> {
            JobId id = desk.submit(Desk.spec().expires(at(5)));
            desk.clock.set(at(5));
            desk.tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.STARTED, desk -> {
            JobId id = desk.submit();
            desk.claim(id);
            return id;
        });
        MADE_BY.put(LifeCycle.HANDLER_RETURNED, desk -> ended(desk, new Outcome.Completed("{}")));
        MADE_BY.put(LifeCycle.RETRY, desk -> ended(desk, new Outcome.Failed("broken", false, null)));
        MADE_BY.put(LifeCycle.RATE_LIMITED, desk -> ended(desk, new Outcome.RateLimited(Duration.ofSeconds(7), "429")));
        MADE_BY.put(LifeCycle.SLEPT, desk -> ended(desk, new Outcome.Slept(Duration.ofSeconds(7), null)));
        MADE_BY.put(LifeCycle.FAILED_ERROR, desk -> ended(desk, new Outcome.Failed("broken", true, null)));
        MADE_BY.put(LifeCycle.FAILED_TIMEOUT, desk -> {
            JobId id = desk.submit(Desk.spec().maxRetries(0));
            desk.finish(desk.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60)));
            return id;
        });
        MADE_BY.put(LifeCycle.GIVEN_BACK, desk -> ended(desk, new Outcome.GivenBack("its handler left")));
        MADE_BY.put(LifeCycle.UNKNOWN_TYPE, desk -> {
            desk.handlers.handlers.clear();
            JobId id = desk.submit();
            desk.tidy();
            desk.ticker.addAndGet(
                    Duration.ofSeconds(desk.settings.handlerGraceSeconds()).toNanos());
            desk.tidy();
            return id;
        });
        MADE_BY.put(
                LifeCycle.CANCELLED_WAITING,
                desk -> cancelled(desk, desk.submit(Desk.spec().notBefore(at(5)))));
        MADE_BY.put(LifeCycle.CANCELLED_QUEUED, desk -> cancelled(desk, desk.submit()));
        MADE_BY.put(LifeCycle.CANCEL_ASKED, desk -> {
            JobId id = desk.submit();
            desk.claim(id);
            return cancelled(desk, id);
        });
        MADE_BY.put(LifeCycle.CANCELLED_RUNNING, desk -> {
            JobId id = desk.submit();
            Assignment run = desk.claim(id);
            cancelled(desk, id);
            desk.finish(run, new Outcome.Cancelled());
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED, desk -> {
            JobId id = MADE_BY.get(LifeCycle.FAILED_ERROR).apply(desk);
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED_DEPENDENT, desk -> {
            JobId id = afterBadParent(desk, DependencyPolicy.FAIL);
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_FAILED_EARLY, desk -> {
            JobId parent = desk.submit();
            JobId id = desk.submit(Desk.spec().dependsOn(parent).notBefore(at(5)));
            desk.fail(parent);
            desk.tidy();
            desk.manager.retry(parent);
            desk.complete(parent);
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED_DEPENDENT, desk -> {
            JobId id = cancelled(desk, desk.submit(Desk.spec().dependsOn(desk.submit())));
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED_EARLY, desk -> {
            JobId id = cancelled(desk, desk.submit(Desk.spec().notBefore(at(5))));
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(LifeCycle.RETRIED_CANCELLED, desk -> {
            JobId id = cancelled(desk, desk.submit());
            desk.manager.retry(id);
            return id;
        });
        MADE_BY.put(
                LifeCycle.CHANGED_WAITING,
                desk -> changed(desk, Desk.spec().notBefore(at(5)), new JobChange().priority(1)));
        MADE_BY.put(LifeCycle.CHANGED_QUEUED, desk -> changed(desk, Desk.spec(), new JobChange().priority(1)));
        MADE_BY.put(LifeCycle.PUT_OFF, desk -> changed(desk, Desk.spec(), new JobChange().notBefore(at(5))));
        MADE_BY.put(
                LifeCycle.BROUGHT_FORWARD,
                desk -> changed(desk, Desk.spec().notBefore(at(5)), new JobChange().notBefore(null)));
        MADE_BY.put(LifeCycle.HOST_LOST, desk -> {
            JobId id = desk.submit();
            desk.claim(id);
            desk.restart().tidy();
            return id;
        });
        MADE_BY.put(LifeCycle.CRASHED, desk -> {
            JobId id = desk.submit(Desk.spec().maxRetries(0));
            Desk next = desk;
            for (int loss = 0; loss <= Bookkeeping.SUSPECT_LOSSES; loss++) {
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
        Desk desk = new Desk();

        JobId id = MADE_BY.get(move).apply(desk);

        JobState state = desk.job(id).state();
        HistoryEvent event = desk.last(id);
        assertThat(state.status()).isEqualTo(move.to());
        assertThat(state.reason()).isEqualTo(move == LifeCycle.CHANGED_WAITING ? Reason.TIME : move.reason());
        assertThat(event.from()).isEqualTo(move.from());
        assertThat(event.to()).isEqualTo(move.to());
        assertThat(event.reason()).isEqualTo(state.reason());
        assertThat(event.at()).isEqualTo(state.changedAt()).isEqualTo(desk.clock.instant());
        assertThat(event.run()).isEqualTo(state.run());
        assertThat(event.attempt()).isEqualTo(state.attempt());
        assertThat(state.completedAt()).isEqualTo(move.to().isFinal() ? desk.clock.instant() : null);
        assertThat(desk.stored(id).books().incarnation())
                .isEqualTo(move.to() == JobStatus.RUNNING ? Desk.INCARNATION : null);
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
        Desk desk = new Desk();
        JobId id = switch (status) {
            case WAITING -> MADE_BY.get(LifeCycle.ADMITTED_EARLY).apply(desk);
            case QUEUED -> desk.submit();
            case CANCELLED -> MADE_BY.get(LifeCycle.CANCELLED_QUEUED).apply(desk);
            case COMPLETED -> MADE_BY.get(LifeCycle.HANDLER_RETURNED).apply(desk);
            default -> MADE_BY.get(LifeCycle.FAILED_ERROR).apply(desk);
        };

        assertThatThrownBy(() -> desk.decisions.end(desk.stored(id), null, new Outcome.Completed("{}")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> desk.decisions.hostLost(desk.stored(id))).isInstanceOf(IllegalStateException.class);
        assertThat(desk.decisions.start(desk.stored(id), "default", null).isPresent())
                .isEqualTo(status == JobStatus.QUEUED);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void peopleMayCancelWhatIsNotFinalAndRetryWhatEndedBadly(JobStatus status) {
        Desk desk = new Desk();
        JobId id = switch (status) {
            case WAITING -> MADE_BY.get(LifeCycle.ADMITTED_EARLY).apply(desk);
            case QUEUED -> desk.submit();
            case RUNNING -> MADE_BY.get(LifeCycle.STARTED).apply(desk);
            case COMPLETED -> MADE_BY.get(LifeCycle.HANDLER_RETURNED).apply(desk);
            case FAILED -> MADE_BY.get(LifeCycle.FAILED_ERROR).apply(desk);
            case CANCELLED -> MADE_BY.get(LifeCycle.CANCELLED_QUEUED).apply(desk);
        };

        refusedUnless(!status.isFinal(), () -> desk.decisions.cancel(desk.stored(id), "ann"));
        boolean bad = status == JobStatus.FAILED || status == JobStatus.CANCELLED;
        refusedUnless(bad, () -> desk.decisions.retry(desk.stored(id), List.of(), Map.of(), "ann"));
        boolean waits = status == JobStatus.QUEUED;
        if (!waits) {
            assertThatThrownBy(() -> desk.decisions.unknownType(desk.stored(id)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static void refusedUnless(boolean allowed, ThrowingCallable decision) {
        if (allowed) {
            assertThatCode(decision).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(decision).isInstanceOf(StateConflictException.class);
        }
    }

    private static JobId cancelled(Desk desk, JobId id) {
        desk.manager.cancel(id);
        return id;
    }

    private static JobId changed(Desk desk, JobSpecification.Builder specification, JobChange change) {
        JobId id = desk.submit(specification);
        desk.manager.change(id, change);
        return id;
    }

    private static Instant at(int seconds) {
        return Desk.START.plusSeconds(seconds);
    }

    private static JobId afterBadParent(Desk desk, DependencyPolicy policy) {
        JobId parent = desk.submit();
        JobId id = desk.submit(Desk.spec().dependsOn(parent).ifDependencyFails(policy));
        desk.fail(parent);
        desk.tidy();
        return id;
    }

    private static JobId ended(Desk desk, Outcome outcome) {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.finish(run, outcome);
        return id;
    }
}
