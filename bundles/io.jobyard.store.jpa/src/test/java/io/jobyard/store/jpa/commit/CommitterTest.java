// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.Wire;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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

    @Test
    void theHistoryOfAJobThatChangesAgainAndAgainIsReadOnce() throws Exception {
        List<String> reads = new CopyOnWriteArrayList<>();
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean holds = new AtomicBoolean();
        Wire wire = call -> {
            if (call.name().equals("executeQuery") && call.sql().startsWith("SELECT id, version, trail")) {
                reads.add(call.sql());
            }
            if (call.isCommit() && holds.compareAndSet(true, false)) {
                committing.countDown();
                assertThat(isOpen(goOn)).isTrue();
            }
            return call.make();
        };
        AdmittedJob job = Draft.job().admitted();
        try (DerbyStore store = new DerbyStore(folder, wire)) {
            store.jobs().admit(List.of(job)).join();
            store.restart(); // nothing is remembered
            holds.set(true);
            CompletableFuture<Void> other =
                    store.jobs().admit(List.of(Draft.job().admitted()));
            assertThat(isOpen(committing)).isTrue();
            Move start = Moves.start(job.stored(), store.jobs());
            Move queue = Moves.queue(start.after());
            Move again = Moves.start(queue.after(), store.jobs());
            List<CompletableFuture<Boolean>> moved = Stream.of(start, queue, again)
                    .map(move -> store.jobs().move(move, null))
                    .toList();
            goOn.countDown();

            other.join();
            assertThat(moved).allSatisfy(one -> assertThat(one.join()).isTrue());
            assertThat(reads).singleElement().asString().endsWith("IN (?)");
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
