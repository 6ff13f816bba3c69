// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator's retry does. */
class RetryTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aFailedJobStartsItsAttemptsAgainWhileItsRunsGoOn() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(1));
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("first", false, null));
        scheduler.clock.advance(Duration.ofSeconds(1));
        scheduler.tidy();
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("second", false, null));
        scheduler.clock.advance(Duration.ofSeconds(60));

        Job job = scheduler.manager.as("ann").retry(id);

        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.state().run().attempt()).isZero();
        assertThat(job.state().run().number()).isEqualTo(2);
        assertThat(job.state().error()).isNull();
        assertThat(job.state().completedAt()).isNull();
        assertThat(scheduler.stored(id).books().readyAt()).isEqualTo(scheduler.clock.instant());
        assertThat(scheduler.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(scheduler.memory.history(id)).hasSize(7);
        Assignment again = scheduler.claim(id);
        assertThat(again.stored().job().state().run().number()).isEqualTo(3);
        assertThat(again.stored().job().state().run().attempt()).isEqualTo(1);
        scheduler.finish(again, new Outcome.Failed("third", false, null));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.RETRY);
    }

    @Test
    void aJobCancelledWhileItRanForgetsTheCancel() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.manager.cancel(id);
        scheduler.finish(run, new Outcome.Cancelled());

        scheduler.manager.retry(id);

        assertThat(scheduler.stored(id).books().cancelRequested()).isFalse();
        scheduler.complete(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void itTakesItsKeyAgainUnlessAnotherHasItByNow() {
        JobId id = scheduler.submit(SchedulerFixture.spec().key("k"));
        scheduler.fail(id);
        scheduler.manager.retry(id);
        assertThat(scheduler.memory.keyHolder("alice", "k")).contains(id);
        scheduler.fail(id);
        JobId other = scheduler.submit(SchedulerFixture.spec().key("k"));
        assertThat(other).isNotEqualTo(id);

        assertThatThrownBy(() -> scheduler.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " cannot be retried: key 'k' is held by job " + other);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void anExpiredJobIsRefusedAndOneThatMayStillExpireKeepsItsTime() {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(9)));
        scheduler.fail(id);
        scheduler.manager.retry(id);
        assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(SchedulerFixture.START.plusSeconds(9));
        scheduler.clock.advance(Duration.ofSeconds(9));
        scheduler.tidy();

        assertThatThrownBy(() -> scheduler.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " expired at 2030-01-01T00:00:09Z: submit it again");
    }

    @Test
    void whatIsNotOverOrWentWellIsNotRetried() {
        JobId id = scheduler.submit();
        assertThatThrownBy(() -> scheduler.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is queued: only a failed or cancelled job can be retried");
        scheduler.complete(id);
        assertThatThrownBy(() -> scheduler.manager.retry(id)).isInstanceOf(StateConflictException.class);
    }

    @Test
    void aRetriedJobWaitsAgainForWhatHasNotEnded() {
        JobId bad = scheduler.submit();
        JobId late = scheduler.submit();
        JobId id = scheduler.submit(SchedulerFixture.spec().dependsOn(bad, late));
        scheduler.fail(bad);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.DEPENDENCY);
        scheduler.manager.retry(bad);

        Job job = scheduler.manager.retry(id);

        assertThat(job.status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.state().reason()).isEqualTo(Reason.DEPENDENCIES);
        assertThat(scheduler.stored(id).books().pending()).isEqualTo(2);
        scheduler.complete(bad);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.WAITING);
        scheduler.complete(late);
        scheduler.complete(id);
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
        assertThat(scheduler.memory.releases(9).parents()).isEmpty();
    }

    @Test
    void aDependencyThatEndedBadlyIsJudgedAgain() {
        JobId bad = scheduler.submit();
        JobId failed = scheduler.submit(SchedulerFixture.spec().dependsOn(bad));
        JobId cancelled =
                scheduler.submit(SchedulerFixture.spec().dependsOn(bad).ifDependencyFails(DependencyPolicy.CANCEL));
        JobId ran = scheduler.submit(SchedulerFixture.spec().dependsOn(bad).ifDependencyFails(DependencyPolicy.RUN));
        scheduler.fail(bad);
        scheduler.fail(ran);
        for (JobId id : List.of(failed, cancelled, ran)) {
            assertThat(scheduler.manager.retry(id).state().reason()).isEqualTo(Reason.DEPENDENCIES);
            scheduler.tidy();
        }
        assertThat(scheduler.status(failed)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(failed).state().error()).isEqualTo("dependency " + bad + " failed");
        assertThat(scheduler.status(cancelled)).isEqualTo(JobStatus.CANCELLED);
        assertThat(scheduler.status(ran)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.memory.releases(9).parents()).isEmpty();
    }

    @Test
    void aRetriedJobKeepsThePoliciesOfItsDependencies() {
        JobId bad = scheduler.submit();
        JobId worse = scheduler.submit();
        JobId id = scheduler.submit(
                SchedulerFixture.spec().dependsOn(bad, DependencyPolicy.RUN).dependsOn(worse, DependencyPolicy.CANCEL));
        scheduler.fail(bad);
        scheduler.fail(worse);
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
        scheduler.manager.retry(worse);
        scheduler.manager.retry(id);
        scheduler.tidy();
        assertThat(scheduler.stored(id).books().pending()).isEqualTo(1);

        scheduler.complete(worse);
        scheduler.tidy();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        scheduler.fail(id);
        assertThat(scheduler.memory.releases(9).parents()).isEmpty();
    }

    @Test
    void aRetriedJobWaitsAgainForItsTime() {
        Instant noon = SchedulerFixture.START.plusSeconds(60);
        JobId id = scheduler.submit(SchedulerFixture.spec().notBefore(noon));
        scheduler.manager.cancel(id);

        Job job = scheduler.manager.retry(id);

        assertThat(job.state().reason()).isEqualTo(Reason.TIME);
        assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(noon);
        scheduler.clock.set(noon);
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aDependencyThatEndsWhileTheRetryIsDecidedIsNotMissed() {
        JobId parent = scheduler.submit();
        JobId id = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.fail(parent); // with which the edge goes
        scheduler.manager.retry(parent);
        Assignment run = scheduler.claim(parent);
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                scheduler.fault = (again, others) -> {};
                scheduler.finish(run, new Outcome.Completed("{}"));
            }
        };

        assertThat(scheduler.manager.retry(id).status()).isEqualTo(JobStatus.WAITING);

        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aDependencyThatWasRemovedHoldsNobodyAndTheHistorySaysSo() {
        JobId parent = scheduler.submit();
        JobId id = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.fail(parent);
        try (JobRemoval removal = scheduler.memory.removal()) {
            assertThat(removal.remove(List.of(scheduler.stored(parent))).join()).hasSize(1);
        }

        assertThat(scheduler.manager.retry(id).status()).isEqualTo(JobStatus.QUEUED);

        assertThat(scheduler.last(id).why()).isEqualTo("does not wait for removed jobs: " + parent);
    }

    @Test
    void dependentsThatWereNotReleasedYetWaitForTheRetriedJob() {
        JobId parent = scheduler.submit();
        List<JobId> children = new ArrayList<>();
        for (int n = 0; n <= JobStore.MAX_DEPENDENTS; n++) { // too many for the commit that ends the parent
            children.add(scheduler.submit(SchedulerFixture.spec().dependsOn(parent)));
        }
        scheduler.fail(parent);
        scheduler.manager.retry(parent);
        scheduler.tidy();
        assertThat(children).allMatch(child -> scheduler.status(child) == JobStatus.WAITING);

        scheduler.complete(parent);
        scheduler.tidy();

        assertThat(children).allMatch(child -> scheduler.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aCrashedJobIsNoSuspectAnyMore() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        SchedulerFixture now = scheduler;
        for (int loss = 0; loss < 3; loss++) {
            now.claim(id);
            now = now.restart();
            now.tidy();
        }
        assertThat(now.job(id).state().reason()).isEqualTo(Reason.CRASH);

        now.manager.retry(id);

        assertThat(now.stored(id).books().losses()).isZero();
    }
}
