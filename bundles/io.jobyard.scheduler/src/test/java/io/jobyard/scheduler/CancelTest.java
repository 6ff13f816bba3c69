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
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
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

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aWaitingJobIsCancelledAtOnceAndFreesItsKey() {
        JobId id = scheduler.submit(SchedulerFixture.spec()
                .notBefore(SchedulerFixture.START.plusSeconds(5))
                .key("k"));

        Job job = scheduler.manager.as("ann").cancel(id);

        assertThat(job).isEqualTo(scheduler.job(id));
        assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(job.state().completedAt()).isEqualTo(SchedulerFixture.START);
        assertThat(scheduler.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(scheduler.memory.keyHolder("alice", "k")).isEmpty();
        scheduler.clock.advance(Duration.ofSeconds(9));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.memory.nextDue()).isEmpty();
    }

    @Test
    void aQueuedJobIsNotStartedAnyMore() {
        JobId id = scheduler.submit();
        scheduler.manager.cancel(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.claim(1)).isEmpty();
        assertThat(scheduler.cancelsTold).isEmpty();
    }

    @Test
    void aQueuedJobThatIsBeingStartedIsCancelledAsARunningOne() {
        JobId id = scheduler.submit();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                scheduler.fault = (any, more) -> {};
                scheduler.claim(id);
            }
        };

        Job job = scheduler.manager.cancel(id);

        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(scheduler.cancelsTold).containsExactly(id + ":1");
    }

    @Test
    void aRunningJobIsToldToEndOnceThatIsStored() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);

        Job asked = scheduler.manager.as("ann").cancel(id);

        assertThat(asked.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(scheduler.stored(id).books().cancelRequested()).isTrue();
        assertThat(scheduler.stored(id).books().incarnation()).isEqualTo(SchedulerFixture.INCARNATION);
        assertThat(scheduler.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(scheduler.last(id).why()).isEqualTo("cancel asked");
        assertThat(scheduler.cancelsTold).containsExactly(id + ":1");

        assertThat(scheduler.finish(run, new Outcome.Cancelled())).isTrue();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.memory.history(id)).hasSize(4);
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
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);

        assertThat(scheduler.finish(run, outcome)).isTrue();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.job(id).state().reason()).isNull();
        assertThat(scheduler.memory.results(List.of(id))).isEmpty();
        assertThat(scheduler.claim(1)).isEmpty();
    }

    @Test
    void anOutcomeThatIsOnItsWayWhenTheCancelIsStoredEndsTheJobCancelled() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                scheduler.fault = (any, more) -> {};
                scheduler.manager.cancel(id);
            }
        };

        assertThat(scheduler.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void anOutcomeThatMeetsOneCancelAfterTheOtherEndsTheJobCancelled() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        AtomicInteger left = new AtomicInteger(3);
        AtomicBoolean cancelling = new AtomicBoolean();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move") && !cancelling.get() && left.getAndDecrement() > 0) {
                cancelling.set(true);
                scheduler.manager.cancel(id);
                cancelling.set(false);
            }
        };

        assertThat(scheduler.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void anOutcomeIsNotLostWhileACancelledJobCannotBeRead() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);
        AtomicInteger left = new AtomicInteger(3);
        scheduler.fault = (method, arguments) -> {
            if (method.equals("job") && left.getAndDecrement() > 0) {
                throw new StoreException("the database is away", null);
            }
        };

        assertThat(scheduler.finish(run, new Outcome.Completed("{}"))).isTrue();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void aHostThatIsKilledAfterTheCancelLeavesTheJobCancelled() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);

        SchedulerFixture next = scheduler.restart();
        next.tidy();

        assertThat(next.status(id)).isEqualTo(JobStatus.CANCELLED);
        assertThat(next.claim(1)).isEmpty();
        assertThat(next.finish(run, new Outcome.Completed("{}"))).isFalse();
    }

    @Test
    void aSecondCancelOfARunningJobTellsItAgainAndOfAFinalOneIsRefused() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);
        assertThat(scheduler.manager.cancel(id).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(scheduler.cancelsTold).hasSize(2);
        scheduler.finish(run, new Outcome.Cancelled());

        assertThatThrownBy(() -> scheduler.manager.cancel(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is already cancelled: only a waiting, queued or running job can be"
                        + " cancelled");
    }

    @Test
    void aJobThatEndedIsNotCancelled() {
        JobId completed = scheduler.submit();
        scheduler.complete(completed);
        JobId failed = scheduler.submit();
        scheduler.fail(failed);
        for (JobId id : List.of(completed, failed)) {
            assertThatThrownBy(() -> scheduler.manager.cancel(id)).isInstanceOf(StateConflictException.class);
        }
        assertThatThrownBy(() -> scheduler.manager.cancel(new JobId(new UUID(7, 7))))
                .isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void dependentsOfACancelledJobFollowTheirPolicy() {
        JobId parent = scheduler.submit();
        JobId fails = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        JobId cancels =
                scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.CANCEL));
        JobId runs =
                scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.RUN));

        scheduler.manager.cancel(parent);
        scheduler.tidy();

        assertThat(scheduler.job(fails).state().error()).isEqualTo("dependency " + parent + " cancelled");
        assertThat(scheduler.job(cancels).state().reason()).isEqualTo(Reason.DEPENDENCY);
        assertThat(scheduler.status(cancels)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.status(runs)).isEqualTo(JobStatus.QUEUED);
    }
}
