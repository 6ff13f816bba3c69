// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Finding;
import io.jobyard.store.jpa.incarnation.FencedException;
import io.jobyard.store.jpa.incarnation.HostCandidate;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts that want one database. */
@Timeout(120)
class PostgresLeaseTest {

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private String url = EmptySchema.url();
    private final List<PostgresStore> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(PostgresStore::close);
    }

    private PostgresStore open(String host, String position, Duration lease) throws SQLException {
        return open(host, position, lease, Wire.SOUND);
    }

    private PostgresStore open(String host, String position, Duration lease, Wire wire) throws SQLException {
        PostgresStore store = new PostgresStore(folder, server, url, new HostCandidate(host, position, lease), wire);
        opened.add(store);
        return store;
    }

    private PostgresStore open(String host, String position) throws SQLException {
        return open(host, position, Duration.ofSeconds(30));
    }

    private static CompletableFuture<Void> submit(PostgresStore store) {
        return store.jobs().admit(List.of(Draft.job().admitted()));
    }

    private List<String> ask(String sql) {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void hostsOfOtherPlacesLiveBesideEachOther() throws SQLException {
        PostgresStore first = open("one:1", "machine one");
        PostgresStore second = open("two:2", "machine two");
        open("three:3", "");

        assertThat(submit(first)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(submit(second)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(ask("SELECT host FROM incarnation WHERE ended_at IS NULL ORDER BY number"))
                .containsExactly("one:1", "two:2", "three:3");
        assertThat(first.hosts().hosts().isLeader()).isTrue();
        assertThat(second.hosts().hosts().isLeader()).isFalse();
    }

    @Test
    void theNextLifeInTheSamePlaceWaitsForNoLease() throws SQLException {
        List<String> told = new CopyOnWriteArrayList<>();
        PostgresStore killed = open("here:1", "here"); // as good as: nothing of it is stored from now on
        killed.whenFenced(told::add);
        PostgresStore next = open("here:2", "here");
        assertThat(submit(next)).succeedsWithin(60, TimeUnit.SECONDS);

        assertThat(submit(killed))
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining(FencedException.WHY);
        assertThat(told).containsExactly(FencedException.WHY);
        assertThat(killed.examine())
                .extracting(Finding::problem)
                .first()
                .asString()
                .contains(FencedException.WHY);
        assertThatThrownBy(() -> killed.jobs().nextDue()).hasMessageContaining(FencedException.WHY);
        assertThat(submit(next)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(ask("SELECT number FROM incarnation WHERE ended_at IS NULL")).containsExactly("2");
    }

    @Test
    void aHostThatStoodStillForLongerThanItsLeaseHasLostTheDatabase() throws SQLException {
        Outage standstill = new Outage();
        PostgresStore stopped = open("one:1", "machine one", Duration.ofSeconds(30), standstill);
        standstill.over = false;
        await().atMost(Duration.ofSeconds(60)).until(() -> standstill.refused.get() > 1);
        change("UPDATE incarnation SET lease_until = 0");
        change("UPDATE leader SET until_at = 0");
        open("two:2", "machine two", Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ask("SELECT host FROM incarnation WHERE ended_at IS NULL")
                        .equals(List.of("two:2")));
        standstill.over = true;
        assertThat(submit(stopped)).failsWithin(60, TimeUnit.SECONDS);
        assertThat(ask("SELECT CAST(COUNT(*) AS TEXT) FROM job")).containsExactly("0");
    }

    @Test
    void whoStartsJustAsTheDatabaseComesBackEndsNoHostThatIsAboutToRenewItsLease() throws SQLException {
        Outage outage = new Outage();
        PostgresStore one = open("one:1", "machine one", Duration.ofSeconds(30), outage);
        outage.over = false;
        await().atMost(Duration.ofSeconds(60)).until(() -> outage.refused.get() > 1);
        change("UPDATE incarnation SET lease_until = 0");
        change("UPDATE leader SET until_at = 0");

        PostgresStore starts = open("two:2", "machine two");
        outage.over = true;
        await().atMost(Duration.ofSeconds(60)).until(() -> takesJobs(one) && takesJobs(starts));
        assertThat(ask("SELECT host FROM incarnation WHERE ended_at IS NULL ORDER BY number"))
                .containsExactly("one:1", "two:2");
    }

    @Test
    void theLeaseIsRenewedAndAHostThatLostItHearsOfItByItself() throws SQLException {
        List<String> told = new CopyOnWriteArrayList<>();
        open("one:1", "machine one", Duration.ofMillis(600)).whenFenced(told::add);
        String begun = ask("SELECT lease_until FROM incarnation").get(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !ask("SELECT lease_until FROM incarnation").contains(begun));
        change("UPDATE incarnation SET ended_at = 1");
        await().atMost(Duration.ofSeconds(60)).until(() -> !told.isEmpty());
    }

    /** Refuses all, as a database that is away. */
    private static final class Outage implements Wire {

        private volatile boolean over = true;
        /** Those of the thread of the lease, which is to know of the outage. */
        private final AtomicInteger refused = new AtomicInteger();

        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Object carry(Call call) throws Throwable {
            if (!over) {
                boolean isLease = Thread.currentThread().getName().startsWith("jobyard-store-lease");
                refused.addAndGet(isLease && call.name().equals("getConnection") ? 1 : 0);
                throw new SQLException("connection refused", "08001");
            }
            Object answer = call.make();
            looks.addAndGet(call.name().equals("executeQuery") && call.sql().contains("FROM leader") ? 1 : 0);
            return answer;
        }
    }

    @Test
    void whoComesBackFirstFromAnOutageThatIsLongerThanTheLeaseEndsNobody() throws SQLException {
        Outage first = new Outage();
        Outage second = new Outage();
        PostgresStore one = open("one:1", "machine one", Duration.ofSeconds(30), first);
        PostgresStore two = open("two:2", "machine two", Duration.ofSeconds(30), second);
        assertThat(submit(two)).succeedsWithin(60, TimeUnit.SECONDS);
        first.over = false;
        second.over = false;
        await().atMost(Duration.ofSeconds(60)).until(() -> first.refused.get() > 1 && second.refused.get() > 1);
        change("UPDATE incarnation SET lease_until = 0");
        change("UPDATE leader SET until_at = 0");

        int before = first.looks.get();
        first.over = true;
        await().atMost(Duration.ofSeconds(60)).until(() -> first.looks.get() > before + 2);
        second.over = true;
        await().atMost(Duration.ofSeconds(60)).until(() -> takesJobs(one) && takesJobs(two));
    }

    private static boolean takesJobs(PostgresStore store) {
        return submit(store).handle((done, fault) -> fault == null).join();
    }

    /** Lets the thread of the index stand still before its commit, and the thread of the lease renew nothing meanwhile. */
    private static final class IndexStandstill implements Wire {

        private final CountDownLatch stands = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public Object carry(Call call) throws Throwable {
            String thread = Thread.currentThread().getName();
            if (thread.startsWith("jobyard-store-index") && call.isCommit()) {
                stands.countDown();
                over.await();
            } else if (thread.startsWith("jobyard-store-lease") && stands.getCount() == 0 && over.getCount() > 0) {
                throw new SQLException("it stands still", "08001");
            }
            return call.make();
        }
    }

    @Test
    void anIndexThatStandsStillInItsTransactionKeepsNoOtherHostFromBecomingTheLeader() throws Exception {
        IndexStandstill standstill = new IndexStandstill();
        open("one:1", "machine one", Duration.ofSeconds(3), standstill).withIndex();
        assertThat(standstill.stands.await(60, TimeUnit.SECONDS)).isTrue();
        try {
            PostgresStore two = open("two:2", "machine two", Duration.ofSeconds(3));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> two.hosts().hosts().isLeader());
        } finally {
            standstill.over.countDown();
        }
    }

    @Test
    void hostsThatBeginAtOnceOnAnEmptyDatabaseShareIt() {
        url = server.newSchema();
        List<CompletableFuture<PostgresStore>> hosts = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            String name = "host" + n;
            hosts.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return open(name, name);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        hosts.forEach(CompletableFuture::join);
        assertThat(ask("SELECT number FROM incarnation ORDER BY number")).containsExactly("1", "2", "3", "4");
        assertThat(hosts.stream().filter(host -> host.join().hosts().hosts().isLeader()))
                .hasSize(1);
    }
}
