// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.doubles.Stub;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseWatchTest {

    private final WorkerFixture workers = new WorkerFixture();
    private Optional<Duration> left = Optional.of(Duration.ofSeconds(30));
    private final LeaseWatch lease = new LeaseWatch(
            Stub.<HostStore>of(HostStore.class)
                    .on("leaseLeft", arguments -> left)
                    .get(),
            workers.pool,
            () -> workers.settings);

    @BeforeEach
    void begin() {
        workers.settings = new WorkerSettings(2, 0, 10, 0);
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
        assertThat(workers.pool.room()).isEqualTo(1);

        looks(9_999);

        workers.awaitOutcome(id, new Outcome.GivenBack("the lease of its host was not renewed"));
        assertThat(workers.pool.room()).isZero();
    }

    @Test
    void itTakesRunsAgainOnceTheLeaseIsRenewed() {
        looks(-5_000);
        assertThat(workers.pool.room()).isZero();
        looks(29_000);
        assertThat(workers.pool.room()).isEqualTo(2);
    }

    @Test
    void aShortLeaseIsNotTooShortRightAfterItsRenewal() {
        looks(5_000);
        assertThat(workers.pool.room()).isEqualTo(2);
        looks(3_400); // it is renewed at a third
        assertThat(workers.pool.room()).isEqualTo(2);
        looks(2_400);
        assertThat(workers.pool.room()).isZero();
    }

    @Test
    void aHostThatIsAloneWithItsDatabaseHasNoLeaseToLose() {
        left = Optional.empty();
        lease.look();
        assertThat(workers.pool.room()).isEqualTo(2);
    }

    private void looks(long millisLeft) {
        left = Optional.of(Duration.ofMillis(millisLeft));
        lease.look();
    }
}
