// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs whose host was lost again and again run one at a time. */
class QuarantineTest {

    private static final Blocker SHUT =
            new Blocker("quarantine", "its host was lost during 2 runs: such jobs run one at a time", null);

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void oneSuspectStartsAtATimeWhateverItsLane() {
        List<JobId> suspects = List.of(suspect("a", 1), suspect("a", 2), suspect("b", 1));
        List<JobId> others = fixture.submit(5, "c", 9);
        List<JobId> started = new ArrayList<>();

        List<JobId> first = fixture.start(9);
        assertThat(first).hasSize(6).containsAll(others);
        JobId running = first.stream().filter(suspects::contains).findFirst().orElseThrow();
        started.add(running);
        for (int n = 1; n < 3; n++) {
            assertThat(fixture.start(9)).isEmpty();
            fixture.move(running, JobStatus.COMPLETED);
            running = fixture.start(9).get(0);
            started.add(running);
        }

        assertThat(started).containsExactlyInAnyOrderElementsOf(suspects);
    }

    @Test
    void oneSuspectIsTakenAtATimeByOneCallToo() {
        suspect("a", 5);
        suspect("a", 5);
        fixture.submit("a", 6);
        assertThat(fixture.take(9)).hasSize(2);
    }

    @Test
    void aSuspectThatIsTakenBackOrForgottenLetsTheNextOneGo() {
        JobId one = suspect("a", 5);
        JobId two = suspect("b", 5);
        List<ClaimCandidate> taken = fixture.take(9);
        assertThat(taken).hasSize(1);
        assertThat(fixture.take(9)).isEmpty();

        fixture.lanes.claims.settle(taken, List.of());
        taken = fixture.take(9);
        assertThat(taken).hasSize(1);

        fixture.lanes.claims.settle(taken, taken);
        List<ClaimCandidate> next = fixture.take(9);
        assertThat(next).hasSize(1);
        assertThat(List.of(one, two)).contains(next.get(0).position().id());
        assertThat(next).isNotEqualTo(taken);
    }

    @Test
    void aSuspectThatIsTakenAndCancelledBeforeItsStartLetsTheNextOneGo() {
        suspect("a", 5);
        suspect("b", 5);
        JobId taken = fixture.take(1).get(0).position().id();
        fixture.move(taken, JobStatus.CANCELLED);
        assertThat(fixture.take(9)).hasSize(1);
    }

    @Test
    void aSuspectThatRunsWithoutHavingBeenTakenHereHoldsTheOthers() {
        JobId running = suspect("a", 5);
        JobId next = suspect("b", 5);
        fixture.open();
        fixture.move(running, JobStatus.RUNNING);

        assertThat(fixture.take(9)).isEmpty();
        fixture.move(running, JobStatus.QUEUED);
        assertThat(fixture.start(9)).hasSize(1).isSubsetOf(running, next);
    }

    @Test
    void theGateSaysWhyItIsShut() {
        suspect("a", 5);
        JobId second = suspect("b", 5);
        assertThat(fixture.view(second).shutBy()).isEqualTo(List.of());

        fixture.start(1);

        assertThat(fixture.view(second).shutBy()).isEqualTo(List.of(SHUT));
    }

    private JobId suspect(String submitter, int level) {
        return fixture.submit(fixture.job(submitter, level, "work", SchedulingState.SUSPECT_LOSSES));
    }
}
