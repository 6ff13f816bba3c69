// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final int ENOUGH = 2_000;

    @TempDir
    private Path folder;

    @Test
    void aCopyMadeUnderLoadOpensWithAllThatWasAcknowledgedBefore() throws Exception {
        Path copy = folder.resolve("not/there");
        List<JobId> before;
        try (DerbyStore store = new DerbyStore(folder.resolve("store"))) {
            Queue<JobId> acknowledged = new ConcurrentLinkedQueue<>();
            AtomicBoolean end = new AtomicBoolean();
            CountDownLatch enough = new CountDownLatch(ENOUGH);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                while (!end.get()) {
                    AdmittedJob job = Draft.job().admitted();
                    store.jobs().admit(List.of(job)).join();
                    acknowledged.add(job.stored().id());
                    enough.countDown();
                }
            });
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            before = List.copyOf(acknowledged);
            long bytes = store.maintenance().backup(copy);
            int after = acknowledged.size();
            end.set(true);
            load.get(60, TimeUnit.SECONDS);
            assertThat(after).as("jobs admitted meanwhile").isGreaterThan(before.size());
            assertThat(bytes).isGreaterThan(100_000);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx------");
        try (DerbyStore restored = new DerbyStore(copy)) {
            List<JobId> missing = new ArrayList<>(before);
            missing.removeAll(restored.reads().jobs(before).keySet());
            assertThat(missing).isEmpty();
            restored.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDirectoryThatWillNotDoIsRefusedAndLeftAlone() throws Exception {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("file"), "x");
        try (DerbyStore store = new DerbyStore(folder.resolve("store"))) {
            refuses(store, file.getParent(), "is not empty; use an empty or non-existent directory");
            refuses(store, file, "is a file");
            refuses(store, file.resolve("below"), "cannot be created as a directory");
            assertThat(file).hasContent("x");
            refuses(
                    store,
                    folder.resolve("store/db/copy"),
                    "is in '" + folder.resolve("store") + "', which the host uses");
            refuses(store, folder.resolve("store"), "which the host uses");
            Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("store"));
            refuses(store, link.resolve("not/there"), "which the host uses");
            assertThat(folder.resolve("store/not")).doesNotExist();
            Path empty = Files.createDirectory(folder.resolve("empty"));
            assertThat(store.maintenance().backup(empty)).isPositive();
        }
    }

    @Test
    void aCopyThatFailsLeavesNothing() throws Exception {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (DerbyStore store = new DerbyStore(folder.resolve("store"))) {
            store.pool().close();
            assertThatThrownBy(() -> store.maintenance().backup(copy))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot copy the database to " + copy);
            assertThat(copy).isEmptyDirectory();
        }
    }

    private static void refuses(DerbyStore store, Path directory, String why) {
        assertThatThrownBy(() -> store.maintenance().backup(directory))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(why);
    }
}
