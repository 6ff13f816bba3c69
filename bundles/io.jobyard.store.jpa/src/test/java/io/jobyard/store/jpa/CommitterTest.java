// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {

    @TempDir
    private Path folder;

    @Test
    void whoSubmitsIsToldBeforeTheListeners() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        try (DerbyStore store = new DerbyStore(folder)) {
            store.listen(FakeCommitListener.ofCommits(changes -> first.complete(isOpen(answered))));

            store.jobs().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
            answered.countDown();

            assertThat(first).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        }
    }

    private static boolean isOpen(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
