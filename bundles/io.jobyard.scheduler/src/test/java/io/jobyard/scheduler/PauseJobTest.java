// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One job that somebody holds. */
class PauseJobTest {

    private static final Instant LATER = SchedulerFixture.START.plusSeconds(60);

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private void pause(JobId id) {
        scheduler.manager.pauseJob(id, "too dear", null);
    }

    private void is(JobId id, JobStatus status, @Nullable Reason reason) {
        assertThat(scheduler.job(id).status()).isEqualTo(status);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(reason);
    }

    private void tidyAt(Instant now) {
        scheduler.clock.set(now);
        scheduler.tidy();
    }

    @Test
    void aPausedJobDoesNotStartUntilItIsResumedAlsoAfterARestart() {
        JobId id = scheduler.submit();
        JobId other = scheduler.submit();
        assertThat(scheduler.manager.as("ann").pauseJob(id, "too dear", null)).isEqualTo(scheduler.job(id));
        is(id, JobStatus.WAITING, Reason.PAUSED);
        HistoryEvent event = scheduler.last(id);
        assertThat(event.who()).isEqualTo("ann, by administrator alice");
        assertThat(event.why()).isEqualTo("too dear");
        assertThat(scheduler.memory.rows(SchedulerFixture.INCARNATION, 1, 9).stream()
                        .map(AuditRow::entry)
                        .map(AuditEntry::action))
                .containsExactly("pause");
        scheduler.complete(other);
        assertThat(scheduler.claim(9)).isEmpty();

        SchedulerFixture next = scheduler.restart();
        next.clock.advance(Duration.ofDays(400));
        next.tidy();
        assertThat(next.claim(9)).isEmpty();
        assertThat(next.manager.resumeJob(id).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(next.job(id).state().reason()).isNull();
        next.complete(id);
    }

    @Test
    void aPauseEndsByItselfAtItsTime() {
        JobId id = scheduler.submit();
        scheduler.manager.pauseJob(id, null, LATER);
        assertThat(scheduler.last(id).why()).isEqualTo("until " + LATER);
        tidyAt(LATER.minusNanos(1_000));
        is(id, JobStatus.WAITING, Reason.PAUSED);
        tidyAt(LATER);
        is(id, JobStatus.QUEUED, null);
        assertThat(scheduler.last(id).who()).isEqualTo(HistoryEvent.HOST);
        assertThat(scheduler.last(id).why()).isEqualTo("its pause ended");
    }

    @Test
    void aFurtherPauseReplacesTheFirst() {
        JobId id = scheduler.submit();
        scheduler.manager.pauseJob(id, null, LATER);
        scheduler.manager.pauseJob(id, "for long", null);
        tidyAt(LATER);
        is(id, JobStatus.WAITING, Reason.PAUSED);
    }

    @Test
    void dependenciesAreCountedMeanwhileAndWaitedForAfterwards() {
        JobId one = scheduler.submit();
        JobId two = scheduler.submit();
        JobId id = scheduler.submit(SchedulerFixture.spec().dependsOn(one).dependsOn(two));
        pause(id);
        scheduler.complete(one);
        scheduler.tidy();
        is(id, JobStatus.WAITING, Reason.PAUSED);
        scheduler.manager.resumeJob(id);
        is(id, JobStatus.WAITING, Reason.DEPENDENCIES);

        pause(id);
        scheduler.complete(two);
        scheduler.tidy();
        is(id, JobStatus.WAITING, Reason.PAUSED);
        scheduler.manager.resumeJob(id);
        is(id, JobStatus.QUEUED, null);
        scheduler.complete(id);
    }

    @Test
    void aDependencyThatEndsBadlyEndsItByItsPolicy() {
        JobId parent = scheduler.submit();
        JobId fails = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        JobId cancels =
                scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.CANCEL));
        JobId runs =
                scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(DependencyPolicy.RUN));
        pause(fails);
        pause(cancels);
        pause(runs);
        scheduler.fail(parent);
        scheduler.tidy();
        is(fails, JobStatus.FAILED, Reason.DEPENDENCY);
        is(cancels, JobStatus.CANCELLED, Reason.DEPENDENCY);
        is(runs, JobStatus.WAITING, Reason.PAUSED);
        scheduler.manager.resumeJob(runs);
        is(runs, JobStatus.QUEUED, null);
    }

    @Test
    void itsOwnTimeHoldsItAfterwards() {
        JobId id = scheduler.submit(SchedulerFixture.spec().notBefore(LATER));
        pause(id);
        tidyAt(LATER.minusSeconds(30));
        scheduler.manager.resumeJob(id);
        is(id, JobStatus.WAITING, Reason.TIME);
        pause(id);
        tidyAt(LATER);
        is(id, JobStatus.WAITING, Reason.PAUSED);
        scheduler.manager.resumeJob(id);
        is(id, JobStatus.QUEUED, null);
    }

    @Test
    void theNextAttemptIsNoEarlierThanItWouldHaveBeen() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.RateLimited(Duration.ofSeconds(60), "429"));
        pause(id);
        tidyAt(LATER.minusSeconds(1));
        scheduler.manager.resumeJob(id);
        is(id, JobStatus.WAITING, Reason.TIME);
        assertThat(scheduler.job(id).state().error()).isEqualTo("429");
        tidyAt(LATER);
        is(id, JobStatus.QUEUED, null);
        scheduler.complete(id);
    }

    @Test
    void itExpiresWhileItIsPaused() {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(LATER));
        scheduler.manager.pauseJob(id, null, LATER.plusSeconds(60));
        tidyAt(LATER);
        is(id, JobStatus.FAILED, Reason.EXPIRED);
    }

    @Test
    void itCanBeCancelledAndARetryDoesNotBringThePauseBack() {
        JobId id = scheduler.submit();
        pause(id);
        scheduler.manager.cancel(id);
        is(id, JobStatus.CANCELLED, null);
        scheduler.manager.retry(id);
        is(id, JobStatus.QUEUED, null);
    }

    @Test
    void aChangeKeepsThePauseAndItsEnd() {
        JobId id = scheduler.submit();
        scheduler.manager.pauseJob(id, null, LATER);
        scheduler.manager.change(id, new JobChange().priority(9));
        is(id, JobStatus.WAITING, Reason.PAUSED);
        tidyAt(LATER);
        is(id, JobStatus.QUEUED, null);
        assertThat(scheduler.job(id).terms().routing().priority()).isEqualTo(9);
    }

    @Test
    void aReplacementByItsKeyKeepsThePauseAndItsEnd() {
        JobId id = scheduler.submit(SchedulerFixture.spec().key("k"));
        scheduler.manager.pauseJob(id, null, LATER);
        scheduler.manager.submit(SchedulerFixture.spec()
                .key("k")
                .keyPolicy(KeyPolicy.REPLACE)
                .expires(LATER.plusSeconds(60))
                .build());
        is(id, JobStatus.WAITING, Reason.PAUSED);
        tidyAt(LATER);
        is(id, JobStatus.QUEUED, null);
    }

    @Test
    void whatCannotBePausedOrResumedIsRefused() {
        JobId running = scheduler.submit();
        scheduler.claim(running);
        assertThatThrownBy(() -> pause(running))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + running + " is running: only a waiting or queued job can be paused");
        JobId queued = scheduler.submit();
        assertThatThrownBy(() -> scheduler.manager.resumeJob(queued))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + queued + " is queued, but not paused");
        assertThatThrownBy(() -> scheduler.manager.pauseJob(queued, null, SchedulerFixture.START))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("has passed");
        pause(queued);
        assertThatThrownBy(() -> scheduler.manager.runNow(queued))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("is waiting (paused)");
    }
}
