// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change that is rejected for its submitter's reason costs no connection: while none can be opened, the others are stored. */
@Timeout(120)
class RejectedChangeTest {

    @TempDir
    private Path folder;

    private volatile boolean isFull;

    @Test
    void onDerby() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::carry)) {
            rejectsAndStores(store.jobs());
        }
    }

    @Test
    void onSqlite() throws Exception {
        try (SqliteStore store = new SqliteStore(folder, this::carry)) {
            rejectsAndStores(store.jobs());
        }
    }

    @Test
    void onPostgres() throws Exception {
        PostgresServer server = PostgresServer.shared();
        HostCandidate claimant = new HostCandidate("here:1", "", Duration.ofSeconds(30));
        try (PostgresStore store = new PostgresStore(folder, server, server.newSchema(), claimant, this::carry)) {
            rejectsAndStores(store.jobs());
        }
    }

    private void rejectsAndStores(JobStore jobs) throws Exception {
        jobs.admit(List.of(Draft.job().key("taken").admitted())).get(60, TimeUnit.SECONDS);
        isFull = true;
        for (int n = 0; n < 10; n++) {
            AdmittedJob before = Draft.job().admitted();
            assertThat(jobs.admit(List.of(before, Draft.job().key("taken").admitted())))
                    .failsWithin(60, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(KeyTakenException.class);

            assertThat(jobs.admit(List.of(before))).succeedsWithin(60, TimeUnit.SECONDS);
        }
    }

    private Object carry(Call call) throws Throwable {
        if (isFull && call.name().equals("getConnection")) {
            throw new SQLException("too many connections", "08004");
        }
        return call.make();
    }
}
