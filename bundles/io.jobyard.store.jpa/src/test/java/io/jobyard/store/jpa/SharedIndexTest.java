// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search index of two hosts of one database, which the leader keeps. */
@Timeout(180)
class SharedIndexTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** Its thread looks once a second. */
    private static final Duration SILENCE = Duration.ofMillis(2_500);

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();
    private volatile long lastCall = System.nanoTime();
    private PostgresStore leader;
    private PostgresStore other;

    @BeforeEach
    void open() throws SQLException {
        leader = new PostgresStore(folder, server, url, claimant("one:1"), this::carry).withIndex();
        leader.awaitElection();
        other = new PostgresStore(folder, server, url, claimant("two:2")).withIndex();
    }

    private static HostCandidate claimant(String host) {
        return new HostCandidate(host, host, Duration.ofSeconds(30));
    }

    private Object carry(Call call) throws Throwable {
        if (Thread.currentThread().getName().equals("jobyard-store-index-1")) {
            lastCall = System.nanoTime();
        }
        return call.make();
    }

    @AfterEach
    void close() {
        other.close();
        leader.close();
    }

    @Test
    void aLeaderReadsOnForItsIndexOnlyWhereSomethingWasCommitted() {
        for (int jobs = 1; jobs < 3; jobs++) {
            admit(other);
            awaitJobs(2 * jobs - 1);
            awaitSilence();
            admit(leader);
            awaitJobs(2 * jobs);
            awaitSilence();
        }
    }

    private static void admit(PostgresStore store) {
        store.jobs()
                .admit(List.of(Draft.job().type("echo").admitted()))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private void awaitJobs(int count) {
        await().atMost(LONG).until(() -> found().jobs().size() == count && found().asOf() == null);
    }

    private JobPage found() {
        return leader.reads().find(JobQuery.of(JobFilter.ALL.withType("echo"), 100), Set.of());
    }

    private void awaitSilence() {
        await().atMost(LONG).until(() -> System.nanoTime() - lastCall > SILENCE.toNanos());
    }
}
