// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cancel does to a job, wherever it is. */
class CancelTest {

    private final Desk desk = new Desk();

    @Test
    void aWaitingJobIsCancelledAtOnceAndFreesItsKey() {
        JobId id = desk.submit(Desk.spec().notBefore(Desk.START.plusSeconds(5)).key("k"));

        Job job = desk.manager.as("ann").cancel(id);

        assertThat(job).isEqualTo(desk.job(id));
        assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(job.state().completedAt()).isEqualTo(Desk.START);
        assertThat(desk.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(desk.memory.keyHolder("alice", "k")).isEmpty();
        desk.clock.advance(Duration.ofSeconds(9));
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.memory.nextDue()).isEmpty();
    }

    @Test
    void aQueuedJobIsNotStartedAnyMore() {
        JobId id = desk.submit();
        desk.manager.cancel(id);
        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.claim(1)).isEmpty();
        assertThat(desk.workers.cancelled).isEmpty();
    }

    @Test
    void aQueuedJobThatIsBeingStartedIsCancelledAsARunningOne() {
        JobId id = desk.submit();
        desk.fault = (method, arguments) -> {
            if (method.equals("move")) {
                desk.fault = (any, more) -> {};
                desk.claim(id);
            }
        };

        Job job = desk.manager.cancel(id);

        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(desk.workers.cancelled).containsExactly(id + ":1");
    }

    @Test
    void aRunningJobIsToldToEndOnceThatIsStored() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);

        Job asked = desk.manager.as("ann").cancel(id);

        assertThat(asked.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(desk.stored(id).books().cancelRequested()).isTrue();
        assertThat(desk.stored(id).books().incarnation()).isEqualTo(Desk.INCARNATION);
        assertThat(desk.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(desk.last(id).why()).isEqualTo("cancel asked");
        assertThat(desk.workers.cancelled).containsExactly(id + ":1");

        assertThat(desk.finish(run, new Outcome.Cancelled())).isTrue();
        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.memory.history(id)).hasSize(4);
    }

    static List<Outcome> outcomes() {
        return List.of(
                new Outcome.Completed("{}"),
                new Outcome.Failed("broken", false, null),
                new Outcome.Failed("broken", true, null),
                new Outcome.TimedOut(Duration.ofSeconds(1)),
                new Outcome.GivenBack("the host stopped"),
                new Outcome.Cancelled());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void howeverTheRunEndsTheJobIsCancelled(Outcome outcome) {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.manager.cancel(id);

        assertThat(desk.finish(run, outcome)).isTrue();

        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.job(id).state().reason()).isNull();
        assertThat(desk.memory.results(List.of(id))).isEmpty();
        assertThat(desk.claim(1)).isEmpty();
    }

    @Test
    void anOutcomeThatIsOnItsWayWhenTheCancelIsStoredEndsTheJobCancelled() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.fault = (method, arguments) -> {
            if (method.equals("move")) {
                desk.fault = (any, more) -> {};
                desk.manager.cancel(id);
            }
        };

        assertThat(desk.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void anOutcomeThatMeetsOneCancelAfterTheOtherEndsTheJobCancelled() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        AtomicInteger left = new AtomicInteger(3);
        AtomicBoolean cancelling = new AtomicBoolean();
        desk.fault = (method, arguments) -> {
            if (method.equals("move") && !cancelling.get() && left.getAndDecrement() > 0) {
                cancelling.set(true);
                desk.manager.cancel(id);
                cancelling.set(false);
            }
        };

        assertThat(desk.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void anOutcomeIsNotLostWhileACancelledJobCannotBeRead() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.manager.cancel(id);
        AtomicInteger left = new AtomicInteger(3);
        desk.fault = (method, arguments) -> {
            if (method.equals("job") && left.getAndDecrement() > 0) {
                throw new StoreException("the database is away", null);
            }
        };

        assertThat(desk.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(desk.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void aHostThatIsKilledAfterTheCancelLeavesTheJobCancelled() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.manager.cancel(id);

        Desk next = desk.restart();
        next.tidy();

        assertThat(next.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(next.claim(1)).isEmpty();
        assertThat(next.finish(run, new Outcome.Completed("{}"))).isFalse();
    }

    @Test
    void aSecondCancelOfARunningJobTellsItAgainAndOfAFinalOneIsRefused() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.manager.cancel(id);
        assertThat(desk.manager.cancel(id).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(desk.workers.cancelled).hasSize(2);
        desk.finish(run, new Outcome.Cancelled());

        assertThatThrownBy(() -> desk.manager.cancel(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is cancelled already: only one that is waiting, queued or running can be"
                        + " cancelled");
    }

    @Test
    void aJobThatEndedIsNotCancelled() {
        JobId completed = desk.submit();
        desk.complete(completed);
        JobId failed = desk.submit();
        desk.fail(failed);
        for (JobId id : List.of(completed, failed)) {
            assertThatThrownBy(() -> desk.manager.cancel(id)).isInstanceOf(StateConflictException.class);
        }
        assertThatThrownBy(() -> desk.manager.cancel(new JobId(new UUID(7, 7))))
                .isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void dependentsOfACancelledJobFollowTheirPolicy() {
        JobId parent = desk.submit();
        JobId fails = desk.submit(Desk.spec().dependsOn(parent));
        JobId cancels = desk.submit(Desk.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.CANCEL));
        JobId runs = desk.submit(Desk.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.RUN));

        desk.manager.cancel(parent);
        desk.tidy();

        assertThat(desk.job(fails).state().error()).isEqualTo("dependency " + parent + " cancelled");
        assertThat(desk.job(cancels).state().reason()).isEqualTo(Reason.DEPENDENCY);
        assertThat(desk.status(cancels)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.status(runs)).isEqualTo(JobStatus.QUEUED);
    }
}
