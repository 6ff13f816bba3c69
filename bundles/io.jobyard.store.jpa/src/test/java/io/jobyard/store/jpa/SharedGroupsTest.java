// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups of jobs that two hosts of one database add to, end and close at the same moment. */
@Timeout(180)
class SharedGroupsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();
    private PostgresStore one;
    private PostgresStore two;
    private StoredJob first;

    @BeforeEach
    void open() throws SQLException {
        one = open("one:1");
        two = open("two:2");
        first = admit(one, Draft.job().group("night").admitted());
    }

    private PostgresStore open(String host) throws SQLException {
        return new PostgresStore(folder, server, url, new HostCandidate(host, host, Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static StoredJob admit(PostgresStore store, AdmittedJob job) {
        join(store.jobs().admit(List.of(job)));
        return job.stored();
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static AdmittedJob end(StoredJob... jobs) {
        return Draft.job()
                .after(List.of(jobs).stream().map(StoredJob::id).toArray(JobId[]::new))
                .endsGroup("night")
                .admitted();
    }

    @Test
    void aGroupIsNotClosedBesideAJobThatComes() throws SQLException {
        AdmittedJob late = Draft.job().group("night").admitted();
        CompletableFuture<Void> closed = beforeTheCommitOfTwo(
                () -> two.jobs().admit(List.of(late)), () -> one.jobs().admit(List.of(end(first))));

        assertThatThrownBy(() -> join(closed)).hasCauseInstanceOf(GroupChangedException.class);
        assertThat(one.reads().groupEnd("ada", "night")).isEmpty();
        AdmittedJob end = end(first, late.stored());
        admit(one, end);
        assertThat(two.reads().groupEnd("ada", "night")).contains(end.stored().id());
    }

    @Test
    void noJobComesIntoAGroupThatIsBeingClosed() throws SQLException {
        AdmittedJob late = Draft.job().group("night").admitted();
        CompletableFuture<Void> added = beforeTheCommitOfTwo(
                () -> two.jobs().admit(List.of(end(first))), () -> one.jobs().admit(List.of(late)));

        assertThatThrownBy(() -> join(added)).hasCauseInstanceOf(GroupChangedException.class);
        assertThat(one.reads().job(late.stored().id())).isEmpty();
    }

    @Test
    void twoHostsDoNotCloseAGroupTwice() throws SQLException {
        AdmittedJob end = end(first);
        CompletableFuture<Void> second = beforeTheCommitOfTwo(
                () -> two.jobs().admit(List.of(end)), () -> one.jobs().admit(List.of(end(first))));

        assertThatThrownBy(() -> join(second)).hasCauseInstanceOf(GroupChangedException.class);
        assertThat(one.reads().groupEnd("ada", "night")).contains(end.stored().id());
    }

    @Test
    void twoHostsMayBeginAGroupTogether() throws SQLException {
        AdmittedJob mine = Draft.job().group("day").admitted();
        AdmittedJob other = Draft.job().group("day").admitted();
        CompletableFuture<Void> added = beforeTheCommitOfTwo(
                () -> two.jobs().admit(List.of(mine)), () -> one.jobs().admit(List.of(other)));

        join(added);
        assertThat(one.reads().groupJobs("ada", "day", 9))
                .containsExactly(mine.stored().id(), other.stored().id());
    }

    @Test
    void ofTwoJobsThatEndTogetherOneReleasesTheEndJobAndTheOtherLeavesThatToAMarker() throws SQLException {
        StoredJob second = admit(one, Draft.job().group("night").admitted());
        StoredJob end = admit(one, end(first, second));
        CompletableFuture<Boolean> other = beforeTheCommitOfTwo(
                () -> two.jobs().move(Moves.fail(first, "boom"), Moves::release),
                () -> one.jobs().move(Moves.fail(second, "boom"), Moves::release));

        assertThat(join(other)).isTrue();
        StoredJob half = one.reads().job(end.id()).orElseThrow();
        assertThat(half.books().pending()).isEqualTo(1);
        assertThat(one.jobs().releases(9).edges()).containsExactly(new Edge(second.id(), JobStatus.FAILED, end.id()));
    }

    @Test
    void manyJobsThatEndOnBothHostsReleaseTheEndJobOnceAndHoldUpNoSubmit() throws Exception {
        int jobs = 300;
        List<AdmittedJob> many = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            many.add(Draft.job().group("many").admitted());
        }
        join(one.jobs().admit(many));
        StoredJob end = admit(
                two,
                Draft.job()
                        .after(many.stream().map(job -> job.stored().id()).toArray(JobId[]::new))
                        .endsGroup("many")
                        .admitted());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            PostgresStore store = n % 2 == 0 ? one : two;
            StoredJob job = many.get(n).stored();
            all.add(store.jobs().move(Moves.fail(job, "boom"), Moves::release));
            all.add(store.jobs().admit(List.of(Draft.job().admitted())));
            if (n % 10 == 0) {
                join(all.get(all.size() - 1));
            }
        }
        all.forEach(SharedGroupsTest::join);
        for (ReleaseSlice left = one.jobs().releases(500);
                !left.parents().isEmpty();
                left = one.jobs().releases(500)) {
            left.edges().stream()
                    .collect(Collectors.groupingBy(Edge::child))
                    .forEach((child, edges) -> join(
                            one.jobs().move(Moves.release(one.reads().job(child).orElseThrow(), edges), null)));
            join(one.jobs().released(left.parents()));
        }

        StoredJob ready = two.reads().job(end.id()).orElseThrow();
        assertThat(ready.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(ready.books().pending()).isZero();
    }

    /** What is done while a change of the second host has sent all but its row of the feed: that waits for the row of its life. */
    private <T> CompletableFuture<T> beforeTheCommitOfTwo(
            Supplier<CompletableFuture<?>> change, Supplier<CompletableFuture<T>> meanwhile) throws SQLException {
        CompletableFuture<?> sent;
        CompletableFuture<T> done;
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT number FROM incarnation WHERE number = 2 FOR UPDATE");
            sent = change.get();
            await().atMost(LONG).until(() -> waiting() == 1);
            done = meanwhile.get();
            await().atMost(LONG).until(() -> done.isDone() || waiting() == 2);
            connection.rollback();
        }
        join(sent);
        return done;
    }

    /** How many committers of this database wait for a row; renewals of leases aside. */
    private int waiting() throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query NOT LIKE"
                                + " '%lease_until%' AND pid IN (SELECT pid FROM pg_locks WHERE relation = to_regclass('job'))")) {
            count.next();
            return count.getInt(1);
        }
    }
}
