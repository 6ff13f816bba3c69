// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hosts that end without a word, and the job that ends them. */
class HostLossTest {

    private Desk desk = new Desk();

    @Test
    void twoLossesAreNotChargedAndThenEachIsUntilNoAttemptIsLeft() {
        JobId id = desk.submit(Desk.spec().maxRetries(1));
        int[] attempts = {0, 0, 1};
        for (int loss = 0; loss < 3; loss++) {
            desk.claim(id);
            killHost();
            assertThat(desk.job(id).state().reason()).isEqualTo(Reason.HOST_LOST);
            assertThat(desk.job(id).state().attempt()).isEqualTo(attempts[loss]);
            assertThat(desk.stored(id).books().losses()).isEqualTo(loss + 1);
            assertThat(LaneKey.of(desk.stored(id)).suspect()).isEqualTo(loss > 0);
        }
        desk.claim(id);
        killHost();

        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.CRASH);
        assertThat(desk.job(id).state().run()).isEqualTo(4);
        assertThat(desk.job(id).state().error()).isEqualTo("host there ended during the run");
        assertThat(desk.memory.history(id))
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
    void theQuarantineHearsOnceWhichBundlesHadRuns() {
        desk.submit();
        desk.submit();
        assertThat(desk.claim(2)).hasSize(2);
        killHost();
        assertThat(desk.quarantine.losses).containsExactly(Set.of("test 1.0.0"));
    }

    @Test
    void jobsThatOnlyStoodBesideItCompleteUncharged() {
        JobId guilty = desk.submit(Desk.spec().maxRetries(0));
        JobId beside = desk.submit(Desk.spec().maxRetries(0));
        for (int loss = 0; loss < 2; loss++) {
            desk.claim(guilty);
            desk.claim(beside);
            killHost();
        }
        assertThat(desk.stored(beside).books().isSuspect()).isTrue();
        desk.claim(guilty); // alone, as the queue's quarantine has it
        killHost();
        assertThat(desk.job(guilty).state().reason()).isEqualTo(Reason.CRASH);

        desk.finish(desk.claim(beside), new Outcome.Completed("{}"));

        assertThat(desk.status(beside)).isEqualTo(JobStatus.COMPLETED);
        assertThat(desk.job(beside).state().attempt()).isEqualTo(1);
        assertThat(desk.job(beside).state().run()).isEqualTo(3);
    }

    @Test
    void aSuspectsOwnFailuresAreChargedAsEver() {
        JobId id = desk.submit(Desk.spec().maxRetries(0));
        for (int loss = 0; loss < 2; loss++) {
            desk.claim(id);
            killHost();
        }
        desk.finish(desk.claim(id), new Outcome.Failed("broken", false, null));
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.ERROR);
    }

    @Test
    void aJobTakenBackCanExpire() {
        JobId id = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(5)));
        desk.claim(id);
        killHost();
        desk.clock.set(Desk.START.plusSeconds(5));
        desk.tidy();
        assertThat(desk.job(id).state().error())
                .isEqualTo("expired at 2030-01-01T00:00:05Z while waiting for its next attempt");
    }

    @Test
    void moreRunsThanASliceAreAllTakenBack() {
        List<JobId> ids = java.util.stream.IntStream.range(0, 1_100)
                .mapToObj(n -> desk.submit())
                .toList();
        assertThat(desk.claim(2_000)).hasSize(1_100);
        killHost();
        ids.forEach(id -> assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED));
    }

    private void killHost() {
        desk = desk.restart();
        desk.tidy();
    }
}
