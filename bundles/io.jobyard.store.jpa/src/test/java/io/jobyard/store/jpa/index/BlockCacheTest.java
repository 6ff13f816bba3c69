// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobFilter;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which blocks of the index searches keep in memory. */
class BlockCacheTest {

    private static final int BLOCKS = 4;
    private static final long MUCH = 1_000_000;

    @TempDir
    private static Path folder;

    private static DerbyStore store;
    private static Connection connection;
    private static Session session;

    @BeforeAll
    static void open() throws SQLException {
        store = new DerbyStore(folder).withIndex();
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < BLOCKS * JobBlock.PLACES; n++) {
            jobs.add(Draft.job().admitted());
        }
        store.jobs().admit(jobs).join();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> store.reads()
                                .facets(JobFilter.ALL, Set.of(), type -> type)
                                .total()
                        == jobs.size());
        connection = store.pool().getConnection();
        session = new Session(connection);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        store.close();
    }

    private static BlockCache kept(boolean isShared, long mostBytes) {
        return new BlockCache(new BlockTables(store.dialect()), new Leadership(isShared), mostBytes);
    }

    @Test
    void whatIsKeptIsReadOnceAndSaysTheSame() throws SQLException {
        BlockCache kept = kept(false, MUCH);
        BlockTables.BlockRow read = kept.rows(session, List.of(1)).get(1);
        BlockTables.BlockRow again = kept.rows(session, List.of(1)).get(1);
        assertThat(kept.rows(session, List.of(1)).get(1)).isSameAs(again);
        assertThat(again.states()).isEqualTo(read.states());
        for (int position = 0; position < JobBlock.PLACES; position++) {
            for (IndexedJob.Term term : IndexedJob.Term.values()) {
                assertThat(again.terms().at(term, position))
                        .isEqualTo(read.terms().at(term, position));
            }
        }
        assertThat(again.terms().text(1)).isEqualTo(read.terms().text(1));

        kept.changed(List.of(1));
        assertThat(kept.rows(session, List.of(1)).get(1)).isNotSameAs(again);
    }

    @Test
    void noMoreAreKeptThanThereIsRoomFor() throws SQLException {
        BlockCache all = kept(false, MUCH);
        assertThat(all.rows(session, List.of(1, 2, 3, 4))).hasSize(BLOCKS);
        assertThat(all.size()).isEqualTo(BLOCKS);

        long each = all.rows(session, List.of(1)).get(1).bytes();
        BlockCache few = kept(false, 2 * each + 1);
        assertThat(few.rows(session, List.of(1, 2, 3, 4))).hasSize(BLOCKS);
        assertThat(few.size()).isEqualTo(2);
        few.changed(List.of(1, 2, 3, 4));
        assertThat(few.size()).isZero();
        assertThat(few.rows(session, List.of(3, 4))).hasSize(2);
        assertThat(few.size()).isEqualTo(2);
    }

    @Test
    void allAreReadBeforeTheFirstCountIfThereIsRoomForThem() throws SQLException {
        BlockCache kept = kept(false, MUCH);
        BlockPreload early = new BlockPreload(kept, () -> 3 * MUCH);
        assertThat(early.read(session)).isFalse();
        assertThat(kept.size()).isEqualTo(BLOCKS);
        kept.changed(List.of(1));
        assertThat(early.read(session)).isFalse();
        assertThat(kept.size()).isEqualTo(BLOCKS - 1);

        BlockCache full = kept(false, 1);
        assertThat(new BlockPreload(full, () -> 3 * MUCH).read(session)).isFalse();
        assertThat(full.size()).isZero();
    }

    @Test
    void noneAreReadEarlyIntoAHeapThatIsNearlyFull() throws SQLException {
        BlockCache kept = kept(false, MUCH);
        assertThat(new BlockPreload(kept, () -> 3 * MUCH - 1).read(session)).isFalse();
        assertThat(kept.size()).isZero();
        assertThat(OldGeneration.free()).isPositive();
    }

    @Test
    void whatIsReadWhileSomethingChangesIsNotKept() throws SQLException {
        BlockCache kept = kept(false, MUCH);
        Connection changing = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    kept.changed(List.of());
                    return method.invoke(connection, arguments);
                });
        assertThat(kept.rows(new Session(changing), List.of(1, 2))).hasSize(2);
        assertThat(kept.size()).isZero();
    }

    @Test
    void noneAreKeptWhereOthersMayChangeThem() throws SQLException {
        BlockCache kept = kept(true, MUCH);
        assertThat(kept.rows(session, List.of(1, 2))).hasSize(2);
        assertThat(kept.size()).isZero();
    }
}
