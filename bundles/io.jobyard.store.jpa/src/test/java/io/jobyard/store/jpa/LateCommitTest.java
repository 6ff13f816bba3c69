// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection is lost at a commit, and what was said last reaches the database all the same, but later. */
@Timeout(120)
class LateCommitTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    /** Delivers a commit late, of whose connection the host hears nothing more. */
    private static final class Late implements Wire {

        private volatile boolean armed;
        private volatile boolean changes;
        private volatile CompletableFuture<Object> delivered = CompletableFuture.completedFuture(null);

        void strike() {
            armed = true;
        }

        @Override
        public Object carry(Call call) throws Throwable {
            changes |= armed
                    && call.sql().contains("INSERT INTO feed")
                    && call.name().startsWith("execute");
            if (call.name().matches("abort|close") && !delivered.isDone()) {
                return null; // the database does not hear it
            }
            if (call.isCommit() && changes) {
                armed = false;
                changes = false;
                delivered = CompletableFuture.supplyAsync(() -> make(call), LATER);
                throw new SQLException("the connection is lost", "08006");
            }
            return call.make();
        }

        private static Object make(Call call) {
            try {
                return call.make();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @TempDir
    private Path folder;

    private final Late wire = new Late();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        HostCandidate claimant = new HostCandidate("here:1", "here", Duration.ofSeconds(30));
        store = new PostgresStore(folder, server, server.newSchema(), claimant, wire);
        store.awaitElection();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whoSubmitsIsToldTheTruth() {
        AdmittedJob job = Draft.job().admitted();
        wire.strike();
        assertThat(store.jobs().admit(List.of(job))).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(store.reads().job(job.stored().id())).isPresent();
    }

    @Test
    void whatArrivesAfterTheAnswerIsUndone() {
        wire.strike();
        assertThat(store.limits().served(Set.of("late"))).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(wire.delivered).failsWithin(60, TimeUnit.SECONDS); // its row of the feed is taken
        assertThat(store.limits().servedTypes()).containsExactly("late");
    }

    @Test
    void anOutcomeIsAcceptedOnce() {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).orTimeout(60, TimeUnit.SECONDS).join();
        Move start = Moves.start(job.stored(), store.jobs());
        store.jobs().move(start, null).orTimeout(60, TimeUnit.SECONDS).join();
        StoredJob running = start.after();
        wire.strike();
        assertThat(store.jobs().move(Moves.complete(running, "{}"), null))
                .succeedsWithin(60, TimeUnit.SECONDS)
                .isEqualTo(true);
        assertThat(store.reads().job(running.id()).orElseThrow().job().status()).isEqualTo(JobStatus.COMPLETED);
    }
}
