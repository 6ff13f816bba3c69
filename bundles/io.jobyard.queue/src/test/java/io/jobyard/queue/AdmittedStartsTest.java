// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that start in the commit that admits them. */
class AdmittedStartsTest {

    private final LanesFixture fixture = new LanesFixture();
    private final List<JobId> runs = new ArrayList<>();
    private int room = 1;
    private final StoredClaims claims = new StoredClaims(
            fixture.lanes, fixture.store, fixture.store, new LimitUseWriter(fixture.lanes, fixture.store, event -> {}));

    @BeforeEach
    void serve() {
        fixture.store.startWith(claims);
        claims.startAdmitted(() -> new Slots(room, 0), this::start, found -> {
            found.forEach(run -> runs.add(run.stored().id()));
            room -= found.size();
        });
    }

    private Move start(StoredJob job, ClaimCandidate position) {
        return Moves.start(job, fixture.store, position.queue());
    }

    /** Takes all for which there is room. */
    private List<JobId> claim() {
        try {
            List<JobId> claimed = claims.claim(() -> new Slots(room, 0), Duration.ZERO, this::start).stream()
                    .map(run -> run.stored().id())
                    .toList();
            room -= claimed.size();
            return claimed;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJobThatIsNextStartsInTheCommitThatAdmitsIt() {
        claim();
        JobId job = fixture.submit("a", 5);

        assertThat(runs).containsExactly(job);
        assertThat(fixture.store.job(job).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(fixture.views()).isEmpty();
        assertThat(fixture.lanes.limits.queues())
                .extracting(queue -> queue.jobs().running())
                .containsExactly(1);
    }

    @Test
    void nothingStartsBeforeTheFirstClaimOrWithoutRoom() {
        JobId early = fixture.submit("a", 5);
        assertThat(claim()).containsExactly(early);

        JobId late = fixture.submit("a", 5);
        assertThat(runs).isEmpty();
        assertThat(claim()).isEmpty();
        room = 1;
        assertThat(claim()).containsExactly(late);
    }

    @Test
    void runsThatTheWorkersMayNotHaveYetTakeRoom() {
        fixture.submit("a", 5);
        assertThat(claim()).hasSize(1);
        room = 1; // the workers have not got the run
        fixture.submit("a", 5);
        assertThat(runs).isEmpty();

        room = 2; // they have, and the claim counts once more
        JobId third = fixture.submit("b", 1);
        assertThat(runs).containsExactly(third);
    }

    @Test
    void aJobWaitsWhileAnotherOneIsBeforeIt() {
        claim();
        room = 0;
        JobId first = fixture.submit("a", 5);
        room = 1;
        fixture.submit("a", 5);
        fixture.submit("a", 6);
        assertThat(runs).isEmpty();

        JobId urgent = fixture.submit("a", 4);
        assertThat(runs).containsExactly(urgent);
        room = 1;
        assertThat(claim()).containsExactly(first);
    }

    @Test
    void aJobWaitsForALimitAPauseAndAnAmount() {
        room = 9;
        claim();
        fixture.limit("one", "running.max", "1");
        fixture.limit("slow", "rate.requests", "1/h burst 5");
        fixture.submitLimited("a", 5, Map.of(), "one");
        fixture.submitLimited("a", 5, Map.of(), "one");
        assertThat(runs).hasSize(1);

        fixture.submitLimited("a", 5, Map.of(), "slow");
        assertThat(runs).as("the store needs the use first").hasSize(1);

        PauseTarget all = PauseTarget.ALL;
        fixture.lanes.follower.paused(new Pause(all, "ada", LanesFixture.START, null, null));
        fixture.submit("b", 5);
        assertThat(runs).hasSize(1);
    }

    @Test
    void anAdmissionThatFailsReleasesTheSlot() {
        room = 9;
        fixture.limit("one", "running.max", "1");
        claim();
        StoredJob job = fixture.job("a", 5, "work", 0, null, List.of("one"), Map.of());
        assertThat(claims.start(job)).isNotNull();
        assertThat(claims.start(fixture.job("a", 5, "work", 0, null, List.of("one"), Map.of())))
                .isNull();
        claims.settle(List.of());

        assertThat(fixture.views()).isEmpty();
        JobId next = fixture.submitLimited("a", 5, Map.of(), "one");
        assertThat(runs).endsWith(next);
    }

    @Test
    void noJobPassesAnEarlierJobOfItsTransaction() {
        claim();
        room = 0;
        assertThat(claims.start(fixture.job("a", 5, "work", 0, null, List.of(), Map.of())))
                .isNull();
        room = 1; // a run has ended meanwhile
        StoredJob later = fixture.job("a", 5, "work", 0, null, List.of(), Map.of());
        assertThat(claims.start(later)).isNull();

        claims.settle(List.of());
        assertThat(claims.start(later)).isNotNull();
    }
}
