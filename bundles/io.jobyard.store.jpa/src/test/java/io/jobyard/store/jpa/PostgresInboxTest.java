// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.rows.SubmissionTables;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was submitted from SQL becomes a job once, whatever happens on the way. */
@Timeout(120)
class PostgresInboxTest {

    private static final HostCandidate HERE = new HostCandidate("here:1", "here", Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();
    private final AtomicBoolean holds = new AtomicBoolean();
    private final AtomicBoolean loses = new AtomicBoolean();
    private final CountDownLatch committing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new PostgresStore(folder, server, url, HERE, this::carry);
        store.awaitElection();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        store.close();
    }

    private Object carry(Call call) throws Throwable {
        if (call.isCommit() && holds.compareAndSet(true, false)) {
            committing.countDown();
            goOn.await();
        }
        Object answer = call.make();
        if (call.isCommit() && loses.compareAndSet(true, false)) {
            throw new SQLException("the answer is lost on purpose", "08006");
        }
        return answer;
    }

    private List<String> ask(String sql) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private InboxEntry submit(String arguments) throws SQLException {
        ask("SELECT submit(" + arguments + ")");
        List<InboxEntry> waiting = waiting(1_000_000);
        return waiting.get(waiting.size() - 1);
    }

    private InboxEntry submit() throws SQLException {
        return submit("'echo', '{}'");
    }

    private List<InboxEntry> waiting(int maxBytes) {
        return store.submissions().waiting(100, maxBytes);
    }

    private static Draft draft(InboxEntry entry) {
        return Draft.job().id(entry.id());
    }

    private CompletableFuture<Boolean> admit(InboxEntry entry) {
        return store.submissions().admit(entry, draft(entry).admitted());
    }

    private List<String> jobs() throws SQLException {
        return ask("SELECT CAST(encode(id, 'hex') AS UUID) FROM job ORDER BY id");
    }

    @Test
    void theJobComesAndTheEntryGoesInOneCommit() throws Exception {
        InboxEntry entry = submit();
        holds.set(true);
        CompletableFuture<Boolean> admitted = admit(entry);
        assertThat(committing.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting(1_000)).containsExactly(entry);
        assertThat(jobs()).isEmpty();
        goOn.countDown();
        assertThat(admitted).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(waiting(1_000)).isEmpty();
        assertThat(jobs()).containsExactly(entry.id().toString());
    }

    @Test
    void whoTakesIsToldOfASubmission() throws Exception {
        store.submissions().await(Duration.ofMillis(1)); // listens from now on
        ask("SELECT submit('echo', '{}') FROM generate_series(1, 3)");
        long begun = System.nanoTime();
        store.submissions().await(Duration.ofSeconds(100));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
        assertThat(waiting(1_000)).hasSize(3);
    }

    @Test
    void oneHostTakesAtATime() throws SQLException {
        submit();
        try (PostgresStore other =
                new PostgresStore(folder, server, url, new HostCandidate("there:1", "there", Duration.ofSeconds(30)))) {
            assertThat(other.submissions().waiting(1, 1_000)).isEmpty();
            store.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> other.submissions().waiting(1, 1_000).size() == 1);
        }
        open();
    }

    @Test
    void whatWasTakenIsNotAdmittedAgain() throws SQLException {
        InboxEntry entry = submit();
        assertThat(admit(entry).join()).isTrue();
        assertThat(store.submissions().admit(entry, Draft.job().admitted()).join())
                .isFalse();
        store.submissions().refuse(Map.of(entry, "too late")).join();
        assertThat(jobs()).hasSize(1);
        assertThat(ask("SELECT why FROM refused_submission")).isEmpty();
    }

    @Test
    void aCommitWhoseAnswerIsLostAdmitsOnce() throws SQLException {
        InboxEntry entry = submit();
        loses.set(true);
        assertThat(admit(entry)).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(jobs()).containsExactly(entry.id().toString());
        assertThat(waiting(1_000)).isEmpty();
    }

    @Test
    void aHostThatEndsBeforeItsCommitLeavesItToTheNext() throws Exception {
        InboxEntry entry = submit();
        holds.set(true);
        CompletableFuture<Boolean> lost = admit(entry);
        assertThat(committing.await(60, TimeUnit.SECONDS)).isTrue();
        String sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jobyard'"
                + " AND state = 'idle in transaction'";
        assertThat(ask(sessions)).isNotEmpty();
        try (PostgresStore next = new PostgresStore(folder, server, url, HERE)) {
            InboxEntry left = await().atMost(Duration.ofSeconds(60)) // until it is the leader
                    .until(() -> next.submissions().waiting(1, 1_000), entries -> !entries.isEmpty())
                    .get(0);
            assertThat(left).isEqualTo(entry);
            assertThat(next.submissions().admit(left, draft(left).admitted()).join())
                    .isTrue();
            goOn.countDown();
            assertThat(lost).failsWithin(60, TimeUnit.SECONDS);
            assertThat(jobs()).containsExactly(entry.id().toString());
        }
    }

    @Test
    void ofHostsThatTakeTheSameEachEntryIsOnes() throws SQLException {
        for (int n = 0; n < 100; n++) {
            submit();
        }
        List<InboxEntry> entries = waiting(1_000);
        try (PostgresStore other =
                new PostgresStore(folder, server, url, new HostCandidate("there:1", "there", Duration.ofSeconds(30)))) {
            List<CompletableFuture<Boolean>> here = new ArrayList<>();
            List<CompletableFuture<Boolean>> there = new ArrayList<>();
            for (InboxEntry entry : entries) {
                here.add(admit(entry));
                there.add(other.submissions().admit(entry, draft(entry).admitted()));
            }
            for (int n = 0; n < entries.size(); n++) {
                assertThat(here.get(n).join()).isNotEqualTo(there.get(n).join());
            }
        }
        assertThat(jobs()).hasSize(100);
    }

    @Test
    void whatCannotBeStoredFailsAloneAndWaits() throws SQLException {
        JobId gone = Draft.id();
        InboxEntry sound = submit();
        InboxEntry orphan = submit();
        InboxEntry holder = submit();
        InboxEntry second = submit();
        AdmittedJob dependent = draft(orphan).after(gone).admitted();
        List<CompletableFuture<Boolean>> answers = List.of(
                admit(sound),
                store.submissions().admit(orphan, dependent),
                store.submissions().admit(holder, draft(holder).key("k").admitted()),
                store.submissions().admit(second, draft(second).key("k").admitted()));
        assertThat(answers.get(0).join()).isTrue();
        assertThat(answers.get(2).join()).isTrue();
        assertThat(answers.get(1))
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(ValidationException.class)
                .withMessageContaining("dependencies were removed");
        assertThat(answers.get(3))
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(KeyTakenException.class);
        assertThat(waiting(1_000)).containsExactly(orphan, second);
    }

    @Test
    void whatIsRefusedIsKeptForPeople() throws SQLException {
        InboxEntry entry = submit("'echo', '{\"n\": 1}', '{\"priority\": 99}'");
        store.submissions().refuse(Map.of(entry, "priority 99 is out of range")).join();
        assertThat(waiting(1_000)).isEmpty();
        assertThat(
                        ask(
                                "SELECT concat_ws(' ', id, submitter, why, specification -> 'priority', specification ->"
                                        + " 'payload', refused_at BETWEEN now() - INTERVAL '1 hour' AND now()) FROM refused_submission"))
                .containsExactly(
                        entry.id() + " " + PostgresServer.USER + " priority 99 is out of range 99 {\"n\": 1} t");
    }

    @Test
    void hostsThatDoNotTakeReadTheRefusalsToo() throws SQLException {
        InboxEntry entry = submit();
        store.submissions().refuse(Map.of(entry, "no")).join();
        try (PostgresStore other =
                new PostgresStore(folder, server, url, new HostCandidate("there:1", "there", Duration.ofSeconds(30)))) {
            submit();
            assertThat(other.submissions().waiting(1, 1_000))
                    .as("it does not take")
                    .isEmpty();
            assertThat(other.submissions().refused(Duration.ofHours(1), 10))
                    .hasValueSatisfying(refused -> assertThat(refused.latest()).isEqualTo(entry.id()));
        }
    }

    @Test
    void theNewestRefusalsAreKept() throws SQLException {
        ask("WITH made AS (INSERT INTO refused_submission SELECT -n, gen_random_uuid(), 'shop', now(), 'no', '{}'"
                + " FROM generate_series(1, " + SubmissionTables.REFUSED
                + ") AS n RETURNING 1) SELECT COUNT(*) FROM made");
        store.submissions().refuse(Map.of(submit(), "no")).join();
        assertThat(ask("SELECT COUNT(*) FROM refused_submission"))
                .containsExactly(String.valueOf(SubmissionTables.REFUSED));
        assertThat(ask("SELECT MIN(number) FROM refused_submission"))
                .containsExactly(String.valueOf(1 - SubmissionTables.REFUSED));
    }

    @Test
    void longSpecificationsAreReadFewAtATimeAndNotBeyondTheBound() throws SQLException {
        for (int n = 0; n < 4; n++) {
            submit("'echo', jsonb_build_object('text', repeat('x', 3000000))");
        }
        assertThat(waiting(4_000_000)).hasSize(1);
        assertThat(waiting(1_000))
                .singleElement()
                .satisfies(entry -> assertThat(entry.specification()).isNull());
    }
}
