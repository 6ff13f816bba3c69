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
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.JobRemoval;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator's retry does. */
class RetryTest {

    private final Desk desk = new Desk();

    @Test
    void aFailedJobStartsItsAttemptsAgainWhileItsRunsGoOn() {
        JobId id = desk.submit(Desk.spec().maxRetries(1));
        desk.finish(desk.claim(id), new Outcome.Failed("first", false, null));
        desk.clock.advance(Duration.ofSeconds(1));
        desk.tidy();
        desk.finish(desk.claim(id), new Outcome.Failed("second", false, null));
        desk.clock.advance(Duration.ofSeconds(60));

        Job job = desk.manager.as("ann").retry(id);

        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.state().attempt()).isZero();
        assertThat(job.state().run()).isEqualTo(2);
        assertThat(job.state().error()).isNull();
        assertThat(job.state().completedAt()).isNull();
        assertThat(desk.stored(id).books().readyAt()).isEqualTo(desk.clock.instant());
        assertThat(desk.last(id).who()).isEqualTo("ann, by administrator alice");
        assertThat(desk.memory.history(id)).hasSize(7);
        Assignment again = desk.claim(id);
        assertThat(again.stored().job().state().run()).isEqualTo(3);
        assertThat(again.stored().job().state().attempt()).isEqualTo(1);
        desk.finish(again, new Outcome.Failed("third", false, null));
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.RETRY);
    }

    @Test
    void aJobCancelledWhileItRanForgetsTheCancel() {
        JobId id = desk.submit();
        Assignment run = desk.claim(id);
        desk.manager.cancel(id);
        desk.finish(run, new Outcome.Cancelled());

        desk.manager.retry(id);

        assertThat(desk.stored(id).books().cancelRequested()).isFalse();
        desk.complete(id);
        assertThat(desk.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void itTakesItsKeyAgainUnlessAnotherHasItByNow() {
        JobId id = desk.submit(Desk.spec().key("k"));
        desk.fail(id);
        desk.manager.retry(id);
        assertThat(desk.memory.keyHolder("alice", "k")).contains(id);
        desk.fail(id);
        JobId other = desk.submit(Desk.spec().key("k"));
        assertThat(other).isNotEqualTo(id);

        assertThatThrownBy(() -> desk.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " cannot be retried: key 'k' is held by job " + other);
        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void anExpiredJobIsRefusedAndOneThatMayStillExpireKeepsItsTime() {
        JobId id = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(9)));
        desk.fail(id);
        desk.manager.retry(id);
        assertThat(desk.stored(id).books().dueAt()).isEqualTo(Desk.START.plusSeconds(9));
        desk.clock.advance(Duration.ofSeconds(9));
        desk.tidy();

        assertThatThrownBy(() -> desk.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " expired at 2030-01-01T00:00:09Z: submit it again");
    }

    @Test
    void whatIsNotOverOrWentWellIsNotRetried() {
        JobId id = desk.submit();
        assertThatThrownBy(() -> desk.manager.retry(id))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is queued: only one that failed or is cancelled can be retried");
        desk.complete(id);
        assertThatThrownBy(() -> desk.manager.retry(id)).isInstanceOf(StateConflictException.class);
    }

    @Test
    void aRetriedJobWaitsAgainForWhatHasNotEnded() {
        JobId bad = desk.submit();
        JobId late = desk.submit();
        JobId id = desk.submit(Desk.spec().dependsOn(bad, late));
        desk.fail(bad);
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.DEPENDENCY);
        desk.manager.retry(bad);

        Job job = desk.manager.retry(id);

        assertThat(job.status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.state().reason()).isEqualTo(Reason.DEPENDENCIES);
        assertThat(desk.stored(id).books().pending()).isEqualTo(2);
        desk.complete(bad);
        assertThat(desk.status(id)).isEqualTo(JobStatus.WAITING);
        desk.complete(late);
        desk.complete(id);
        assertThat(desk.status(id)).isEqualTo(JobStatus.COMPLETED);
        assertThat(desk.memory.releases(9).parents()).isEmpty();
    }

    @Test
    void aDependencyThatEndedBadlyIsJudgedAgain() {
        JobId bad = desk.submit();
        JobId failed = desk.submit(Desk.spec().dependsOn(bad));
        JobId cancelled = desk.submit(Desk.spec().dependsOn(bad).ifDependencyFails(DependencyPolicy.CANCEL));
        JobId ran = desk.submit(Desk.spec().dependsOn(bad).ifDependencyFails(DependencyPolicy.RUN));
        desk.fail(bad);
        desk.fail(ran);
        for (JobId id : List.of(failed, cancelled, ran)) {
            assertThat(desk.manager.retry(id).state().reason()).isEqualTo(Reason.DEPENDENCIES);
            desk.tidy();
        }
        assertThat(desk.status(failed)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(failed).state().error()).isEqualTo("dependency " + bad + " failed");
        assertThat(desk.status(cancelled)).isEqualTo(JobStatus.CANCELLED);
        assertThat(desk.status(ran)).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.memory.releases(9).parents()).isEmpty();
    }

    @Test
    void aRetriedJobWaitsAgainForItsTime() {
        Instant noon = Desk.START.plusSeconds(60);
        JobId id = desk.submit(Desk.spec().notBefore(noon));
        desk.manager.cancel(id);

        Job job = desk.manager.retry(id);

        assertThat(job.state().reason()).isEqualTo(Reason.TIME);
        assertThat(desk.stored(id).books().dueAt()).isEqualTo(noon);
        desk.clock.set(noon);
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aDependencyThatEndsWhileTheRetryIsDecidedIsNotMissed() {
        JobId parent = desk.submit();
        JobId id = desk.submit(Desk.spec().dependsOn(parent));
        desk.fail(parent); // with which the edge goes
        desk.manager.retry(parent);
        Assignment run = desk.claim(parent);
        desk.fault = (method, arguments) -> {
            if (method.equals("move")) {
                desk.fault = (again, others) -> {};
                desk.finish(run, new Outcome.Completed("{}"));
            }
        };

        assertThat(desk.manager.retry(id).status()).isEqualTo(JobStatus.WAITING);

        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aDependencyThatWasRemovedHoldsNobodyAndTheHistorySaysSo() {
        JobId parent = desk.submit();
        JobId id = desk.submit(Desk.spec().dependsOn(parent));
        desk.fail(parent);
        try (JobRemoval removal = desk.memory.removal()) {
            assertThat(removal.remove(List.of(desk.stored(parent))).join()).hasSize(1);
        }

        assertThat(desk.manager.retry(id).status()).isEqualTo(JobStatus.QUEUED);

        assertThat(desk.last(id).why()).isEqualTo("does not wait for what was removed: " + parent);
    }

    @Test
    void dependentsThatWereNotReleasedYetWaitForTheRetriedJob() {
        JobId parent = desk.submit();
        List<JobId> children = new ArrayList<>();
        for (int n = 0; n <= JobRepository.MAX_DEPENDENTS; n++) { // too many for the commit that ends the parent
            children.add(desk.submit(Desk.spec().dependsOn(parent)));
        }
        desk.fail(parent);
        desk.manager.retry(parent);
        desk.tidy();
        assertThat(children).allMatch(child -> desk.status(child) == JobStatus.WAITING);

        desk.complete(parent);
        desk.tidy();

        assertThat(children).allMatch(child -> desk.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aCrashedJobIsNoSuspectAnyMore() {
        JobId id = desk.submit(Desk.spec().maxRetries(0));
        Desk now = desk;
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
