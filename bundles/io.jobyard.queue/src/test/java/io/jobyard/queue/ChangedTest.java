// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ready jobs that somebody changes: their lanes follow at once, also while they are on their way to a worker. */
class ChangedTest {

    private final Yard yard = new Yard();

    @Test
    void aJobThatIsMadeUrgentIsNext() {
        yard.submit(3, "a", 5);
        JobId urgent = yard.submit("a", 9);

        yard.change(urgent, new JobChange().priority(1));

        assertThat(yard.start(1)).containsExactly(urgent);
        assertThat(yard.start(9)).hasSize(3);
        assertThat(yard.views()).isEmpty();
    }

    @Test
    void aJobKeepsThePlaceThatItsWaitHasEarned() {
        JobId old = yard.submit("a", 9);
        yard.clock.advance(Duration.ofSeconds(5));
        JobId young = yard.submit("a", 5);

        yard.change(old, new JobChange().priority(5));

        assertThat(yard.start(2)).containsExactly(old, young);
    }

    @Test
    void aJobThatIsOnItsWayIsNotHandedOutASecondTime() {
        JobId id = yard.submit("a", 5);
        yard.take(1);

        yard.change(id, new JobChange().label("team", "red"));
        yard.change(id, new JobChange().priority(1));

        assertThat(yard.take(9)).isEmpty();
        assertThat(yard.views()).extracting(LaneView::queued).containsExactly(1L);
    }

    @Test
    void aJobWhoseStartAChangeHasForestalledStandsInItsNewLane() {
        yard.queue("shut", "paused", "true");
        JobId id = yard.submit("a", 5);
        List<Taken> taken = yard.take(1);
        yard.change(id, new JobChange().queue("shut"));

        yard.lanes.forget(taken);
        assertThat(yard.take(9)).isEmpty();
        yard.change(id, new JobChange().queue(null));

        assertThat(yard.start(9)).containsExactly(id);
    }

    @Test
    void aJobThatIsPutBackAfterAChangeStandsInItsNewLane() {
        JobId id = yard.submit("a", 5);
        List<Taken> taken = yard.take(1);
        yard.change(id, new JobChange().priority(2));

        yard.lanes.putBack(taken);

        assertThat(yard.take(9)).extracting(job -> job.lane().priority()).containsExactly(2);
    }

    @Test
    void aJobThatIsOnItsWayKeepsItsPlaceAmongTheRunning() {
        yard.queue("narrow", "running.max", "1");
        JobId one = yard.submitTo("narrow", "a", 5);
        JobId two = yard.submitTo("narrow", "a", 5);
        List<Taken> taken = yard.take(9);

        yard.change(one, new JobChange().label("team", "red"));
        assertThat(yard.take(9)).isEmpty();
        yard.move(one, JobStatus.RUNNING);
        assertThat(yard.take(9)).isEmpty();
        yard.move(one, JobStatus.COMPLETED);

        assertThat(taken).hasSize(1);
        assertThat(yard.start(9)).containsExactly(two);
    }

    @Test
    void aLaneOfWhichOnlyTheStoreHasTheRestTakesAndLosesJobsByChanges() {
        List<JobId> all = yard.submit(3_000, "a", 5);
        yard.change(all.get(2_990), new JobChange().priority(4));
        JobId other = yard.submit("a", 9);
        yard.change(other, new JobChange().priority(5));

        assertThat(yard.start(1)).containsExactly(all.get(2_990));
        assertThat(yard.start(9_999)).hasSize(3_000).doesNotHaveDuplicates().endsWith(other);
    }
}
