// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ready jobs that somebody changes: their lanes follow at once, also while they are on their way to a worker. */
class ChangedTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aJobThatIsMadeUrgentIsNext() {
        fixture.submit(3, "a", 5);
        JobId urgent = fixture.submit("a", 9);

        fixture.change(urgent, new JobChange().priority(1));

        assertThat(fixture.start(1)).containsExactly(urgent);
        assertThat(fixture.start(9)).hasSize(3);
        assertThat(fixture.views()).isEmpty();
    }

    @Test
    void aJobKeepsThePlaceThatItsWaitHasEarned() {
        JobId old = fixture.submit("a", 9);
        fixture.clock.advance(Duration.ofSeconds(5));
        JobId young = fixture.submit("a", 5);

        fixture.change(old, new JobChange().priority(5));

        assertThat(fixture.start(2)).containsExactly(old, young);
    }

    @Test
    void aJobThatIsOnItsWayIsNotHandedOutASecondTime() {
        JobId id = fixture.submit("a", 5);
        fixture.take(1);

        fixture.change(id, new JobChange().label("team", "red"));
        fixture.change(id, new JobChange().priority(1));

        assertThat(fixture.take(9)).isEmpty();
        assertThat(fixture.views()).extracting(LaneView::queued).containsExactly(1L);
    }

    @Test
    void aJobWhoseStartAChangeHasForestalledStandsInItsNewLane() {
        fixture.queue("shut", "paused", "true");
        JobId id = fixture.submit("a", 5);
        List<ClaimCandidate> taken = fixture.take(1);
        fixture.change(id, new JobChange().queue("shut"));

        fixture.lanes.claims.settle(taken, taken);
        assertThat(fixture.take(9)).isEmpty();
        fixture.change(id, new JobChange().queue(null));

        assertThat(fixture.start(9)).containsExactly(id);
    }

    @Test
    void aJobThatIsPutBackAfterAChangeStandsInItsNewLane() {
        JobId id = fixture.submit("a", 5);
        List<ClaimCandidate> taken = fixture.take(1);
        fixture.change(id, new JobChange().priority(2));

        fixture.lanes.claims.settle(taken, List.of());

        assertThat(fixture.take(9)).extracting(job -> job.lane().priority()).containsExactly(2);
    }

    @Test
    void aJobThatIsOnItsWayKeepsItsPlaceAmongTheRunning() {
        fixture.queue("narrow", "running.max", "1");
        JobId one = fixture.submitTo("narrow", "a", 5);
        JobId two = fixture.submitTo("narrow", "a", 5);
        List<ClaimCandidate> taken = fixture.take(9);

        fixture.change(one, new JobChange().label("team", "red"));
        assertThat(fixture.take(9)).isEmpty();
        fixture.move(one, JobStatus.RUNNING);
        assertThat(fixture.take(9)).isEmpty();
        fixture.move(one, JobStatus.COMPLETED);

        assertThat(taken).hasSize(1);
        assertThat(fixture.start(9)).containsExactly(two);
    }

    /** A lane may be filled from the store before the commit that brought a job there is heard of. */
    @Test
    void aJobThatIsTakenBeforeItsAdmissionIsHeardOfKeepsItsPlaceAmongTheRunning() {
        fixture.queue("narrow", "running.max", "1");
        JobId one = fixture.submitTo("narrow", "a", 5);
        fixture.submitTo("narrow", "a", 5);
        assertThat(fixture.take(9)).extracting(taken -> taken.position().id()).containsExactly(one);

        StoredJob admitted = fixture.store.job(one).orElseThrow();
        fixture.lanes.follower.committed(List.of(new Committed(null, admitted, false, null, false)));

        assertThat(fixture.take(9)).isEmpty();
    }

    @Test
    void aLaneOfWhichOnlyTheStoreHasTheRestTakesAndLosesJobsByChanges() {
        List<JobId> all = fixture.submit(3_000, "a", 5);
        fixture.change(all.get(2_990), new JobChange().priority(4));
        JobId other = fixture.submit("a", 9);
        fixture.change(other, new JobChange().priority(5));

        assertThat(fixture.start(1)).containsExactly(all.get(2_990));
        assertThat(fixture.start(9_999)).hasSize(3_000).doesNotHaveDuplicates().endsWith(other);
    }
}
