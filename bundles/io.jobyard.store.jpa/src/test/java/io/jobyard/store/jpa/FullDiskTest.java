// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.StoreException;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full at the commit: Derby says so once, and then only that its connections are gone. */
class FullDiskTest {

    @TempDir
    private Path folder;

    private volatile EmbeddedStore opened;
    private volatile boolean full;
    private volatile boolean fullAtInsert;
    private volatile boolean conflict;
    private final AtomicInteger conflicts = new AtomicInteger();
    private final CountDownLatch commits = new CountDownLatch(1);

    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new DerbyStore(in, wire);
    }

    /** What the database says at an insert. */
    SQLException noRoom() {
        return new SQLException("no room for the page", "XSDG1");
    }

    /** What the database says at a commit. */
    SQLException noRoomForTheLog() {
        SQLException lost = new SQLException("the connection is gone", "08006");
        lost.setNextException(new SQLException("the log is full", "XSLA4"));
        return lost;
    }

    @Test
    void whoSubmitsHearsOfTheDiskAndNotOfTheConnectionsThatItTookAlong() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            opened = store;
            store.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
            full = true;
            CompletableFuture<?> first = store.jobs().admit(List.of(Draft.job().admitted()));
            assertThat(commits.await(60, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<?> second = store.jobs().admit(List.of(Draft.job().admitted()));
            refused(second);
            assertThat(first).as("in doubt until the database answers").isNotDone();

            full = false;

            refused(first);
            store.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theFirstToSubmitHearsOfItAlsoIfTheKeptConnectionDiedBefore() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            store.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
            store.breakAll();
            fullAtInsert = true;
            refused(store.jobs().admit(List.of(Draft.job().admitted())));
            refused(store.jobs().admit(List.of(Draft.job().admitted())));

            fullAtInsert = false;
            store.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theDiskStaysTheReasonForCallersAndTheDoctorWhenAConflictFollows() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            AdmittedJob ready = Draft.job().admitted();
            store.jobs().admit(List.of(ready)).get(60, TimeUnit.SECONDS);
            fullAtInsert = true;
            CompletableFuture<Boolean> kept = store.jobs().move(Moves.start(ready.stored(), store.jobs()), null);
            refused(store.jobs().admit(List.of(Draft.job().admitted())));

            conflict = true;
            await().atMost(60, TimeUnit.SECONDS).until(() -> conflicts.get() > 9);

            refused(store.jobs().admit(List.of(Draft.job().admitted())));
            assertThat(store.examine())
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.problem()).startsWith("the disk of the database is full: make room"));
            assertThat(kept).isNotDone();

            conflict = false;
            fullAtInsert = false;
            assertThat(kept.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(store.examine()).isEmpty();
        }
    }

    private static void refused(CompletableFuture<?> submit) {
        assertThat(submit)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class)
                .withMessageStartingWith("the disk of the database is full: make room");
    }

    private Object carry(Call call) throws Throwable {
        if (full && call.name().equals("getConnection")) {
            throw new SQLException("no current connection", "08003");
        }
        if (conflict && call.name().equals("executeBatch")) {
            conflicts.incrementAndGet();
            throw new SQLException("a deadlock", "40001");
        }
        if (fullAtInsert && call.sql().startsWith("INSERT") && call.name().equals("executeBatch")) {
            throw noRoom();
        }
        if (full && call.isCommit()) {
            commits.countDown();
            opened.breakAll(); // and with them what was not committed
            throw noRoomForTheLog();
        }
        return call.make();
    }
}
