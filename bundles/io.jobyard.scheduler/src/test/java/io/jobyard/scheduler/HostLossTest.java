// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.running.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hosts that end without a word, and the job that ends them. */
class HostLossTest {

    private SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void twoLossesAreNotChargedAndThenEachIsUntilNoAttemptIsLeft() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(1));
        int[] attempts = {0, 0, 1};
        for (int loss = 0; loss < 3; loss++) {
            scheduler.claim(id);
            killHost();
            assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.HOST_LOST);
            assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(attempts[loss]);
            assertThat(scheduler.stored(id).books().losses()).isEqualTo(loss + 1);
            assertThat(LaneKey.of(scheduler.stored(id)).suspect()).isEqualTo(loss > 0);
        }
        scheduler.claim(id);
        killHost();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.CRASH);
        assertThat(scheduler.job(id).state().run().number()).isEqualTo(4);
        assertThat(scheduler.job(id).state().error()).isEqualTo("host there ended during the run");
        assertThat(scheduler.memory.history(id))
                .extracting(HistoryEvent::to)
                .containsExactly(
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        JobStatus.FAILED);
    }

    @Test
    void nothingIsClaimedBeforeTheRunsOfTheHostBeforeAreBack() {
        JobId lost = scheduler.submit();
        scheduler.claim(lost);
        scheduler.submit();
        scheduler = scheduler.restart();
        assertThat(scheduler.claim(9)).isEmpty();

        assertThat(scheduler.engine.chores().recover()).isTrue();
        assertThat(scheduler.claim(9)).isEmpty(); // there may be more of them

        assertThat(scheduler.engine.chores().recover()).isFalse();
        assertThat(scheduler.claim(9)).hasSize(2);
    }

    @Test
    void theQuarantineHearsOnceWhichBundlesHadRuns() {
        scheduler.submit();
        scheduler.submit();
        assertThat(scheduler.claim(2)).hasSize(2);
        killHost();
        assertThat(scheduler.quarantine.losses).containsExactly(Set.of("test 1.0.0"));
    }

    @Test
    void jobsThatOnlyStoodBesideItCompleteUncharged() {
        JobId guilty = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        JobId beside = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        for (int loss = 0; loss < 2; loss++) {
            scheduler.claim(guilty);
            scheduler.claim(beside);
            killHost();
        }
        assertThat(scheduler.stored(beside).books().isSuspect()).isTrue();
        scheduler.claim(guilty); // alone, as the queue's quarantine has it
        killHost();
        assertThat(scheduler.job(guilty).state().reason()).isEqualTo(Reason.CRASH);

        scheduler.finish(scheduler.claim(beside), new Outcome.Completed("{}"));

        assertThat(scheduler.status(beside)).isEqualTo(JobStatus.COMPLETED);
        assertThat(scheduler.job(beside).state().run().attempt()).isEqualTo(1);
        assertThat(scheduler.job(beside).state().run().number()).isEqualTo(3);
    }

    @Test
    void aSuspectsOwnFailuresAreChargedAsEver() {
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        for (int loss = 0; loss < 2; loss++) {
            scheduler.claim(id);
            killHost();
        }
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken", false, null));
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.ERROR);
    }

    @Test
    void aJobTakenBackCanExpire() {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(5)));
        scheduler.claim(id);
        killHost();
        scheduler.clock.set(SchedulerFixture.START.plusSeconds(5));
        scheduler.tidy();
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:05Z while waiting for its next attempt");
    }

    @Test
    void moreRunsThanASliceAreAllTakenBack() {
        List<JobId> ids = java.util.stream.IntStream.range(0, 1_100)
                .mapToObj(n -> scheduler.submit())
                .toList();
        assertThat(scheduler.claim(2_000)).hasSize(1_100);
        killHost();
        ids.forEach(id -> assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED));
    }

    private void killHost() {
        scheduler = scheduler.restart();
        scheduler.tidy();
    }
}
