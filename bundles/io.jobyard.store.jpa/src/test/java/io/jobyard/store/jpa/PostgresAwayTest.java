// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that ends and comes back under a host. */
@Timeout(180)
class PostgresAwayTest {

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.start();

    @Test
    void outcomesAreKeptSubmitsAreRefusedAndTheHostGoesOn() throws Exception {
        HostCandidate claimant = new HostCandidate("here:1", "", Duration.ofSeconds(30));
        try (PostgresStore store = new PostgresStore(folder, server, server.newSchema(), claimant)) {
            AdmittedJob job = Draft.job().admitted();
            store.jobs().admit(List.of(job)).join();
            Move start = Moves.start(job.stored(), store.jobs());
            assertThat(store.jobs().move(start, null).join()).isTrue();
            StoredJob running = start.after();

            server.end("immediate");
            CompletableFuture<Boolean> outcome = store.jobs().move(Moves.complete(running, "{}"), null);
            assertThat(store.jobs().admit(List.of(Draft.job().admitted())))
                    .failsWithin(60, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(StoreException.class);
            assertThat(store.examine()).isNotEmpty();

            server.begin();
            assertThat(outcome).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
            assertThat(store.jobs().admit(List.of(Draft.job().admitted()))).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(store.reads().job(running.id()).orElseThrow().job().status())
                    .isEqualTo(JobStatus.COMPLETED);
            assertThat(store.examine()).isEmpty();
        }
    }
}
