// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseWatchTest {

    private final WorkerFixture workers = new WorkerFixture();
    private Optional<Duration> left = Optional.of(Duration.ofSeconds(30));
    private final Set<String> exclusive = new HashSet<>();
    private final LeaseTime ofHost = new LeaseTime(Stub.<HostStore>of(HostStore.class)
            .on("leaseLeft", arguments -> left)
            .get());
    private final LeaseWatch lease =
            new LeaseWatch(ofHost, workers.pool, () -> workers.settings, run -> exclusive.contains(run.type()));
    private final List<String> halts = new ArrayList<>();
    private final ExclusiveRuns exclusives =
            new ExclusiveRuns(ofHost, workers.pool::heldRuns, run -> exclusive.contains(run.type()), halts::add);

    @BeforeEach
    void begin() {
        workers.settings = new WorkerSettings(2, 1_000, Long.MAX_VALUE, 0, 10, 0, 0);
        workers.pool.resize();
    }

    @AfterEach
    void end() {
        workers.end();
    }

    @Test
    void runsAreToldToEndWhileTheyHaveTheGraceLeft() {
        workers.handle("stay", workers::waitForExit);
        JobId id = workers.begin("stay");
        looks(30_000);
        looks(10_000);
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(workers.pool.room().threads()).isEqualTo(1);

        looks(9_999);

        workers.awaitOutcome(id, new Outcome.GivenBack("the lease of its host was not renewed"));
        assertThat(workers.pool.room().threads()).isZero();
    }

    @Test
    void itTakesRunsAgainOnceTheLeaseIsRenewed() {
        looks(-5_000);
        assertThat(workers.pool.room().threads()).isZero();
        looks(29_000);
        assertThat(workers.pool.room().threads()).isEqualTo(2);
    }

    @Test
    void aShortLeaseIsNotTooShortRightAfterItsRenewal() {
        looks(5_000);
        assertThat(workers.pool.room().threads()).isEqualTo(2);
        looks(3_400); // it is renewed at a third
        assertThat(workers.pool.room().threads()).isEqualTo(2);
        looks(2_400);
        assertThat(workers.pool.room().threads()).isZero();
    }

    @Test
    void aHostThatIsAloneWithItsDatabaseHasNoLeaseToLose() {
        left = Optional.empty();
        lease.look();
        assertThat(workers.pool.room().threads()).isEqualTo(2);
    }

    @Test
    void whatHasNotBegunByThenGoesBack() {
        workers.handle("stay", workers::waitForExit);
        workers.begin("stay");
        workers.begin("stay");
        JobId waits = workers.give(1, "stay").get(0);
        looks(30_000);
        looks(9_999);
        workers.awaitOutcome(waits, new Outcome.GivenBack("the lease of its host was not renewed"));
    }

    @Test
    void anExclusiveRunHasItsWholeGraceBeforeTheProcessWouldEnd() {
        exclusive.add("alone");
        workers.handle("alone", workers::waitForExit);
        workers.handle("stay", workers::waitForExit);
        JobId alone = workers.begin("alone");
        JobId other = workers.begin("stay");
        looks(30_000);
        looks(11_000);
        assertThat(workers.outcomes(alone)).isEmpty();
        looks(10_999);
        workers.awaitOutcome(alone, new Outcome.GivenBack("the lease of its host was not renewed"));
        assertThat(workers.outcomes(other)).isEmpty();
        looks(900);
        assertThat(halts).isEmpty();
    }

    @Test
    void oneThatIgnoresItsInterruptEndsTheProcessBeforeTheLeaseDoesAndOthersDoNot() {
        workers.handle("stay", workers::ignoreInterrupts);
        workers.begin("stay");
        looks(30_000);
        looks(100);
        assertThat(halts).isEmpty();
        exclusive.add("alone");
        workers.handle("alone", workers::ignoreInterrupts);
        left = Optional.of(Duration.ofSeconds(30));
        lease.look();
        JobId alone = workers.begin("alone");
        looks(1_000);
        assertThat(halts).isEmpty();
        looks(999);
        looks(500);
        assertThat(halts)
                .containsExactly("job " + alone
                        + " of exclusive type alone has not ended, and another host can start it in 999 ms");
    }

    private void looks(long millisLeft) {
        left = Optional.of(Duration.ofMillis(millisLeft));
        lease.look();
        exclusives.look();
    }
}
