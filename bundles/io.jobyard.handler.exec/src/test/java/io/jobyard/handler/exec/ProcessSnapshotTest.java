// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessSnapshotTest {

    private static final long HOST = 10;
    private static final int CALLERS = 8;
    private final List<ProcessEntry> processes = new ArrayList<>(List.of(
            new ProcessEntry(1, 0, 1, ""), new ProcessEntry(5, 1, 5, "ours"), new ProcessEntry(HOST, 5, 5, "ours")));

    @Test
    void childrenSessionsAndMarksMakeATreeAndOneLeadsToAnother() {
        add(20, HOST, 20, "");
        add(21, 20, 20, "");
        add(22, 1, 20, ""); // its parent has ended
        add(23, 22, 23, ""); // in a session of its own
        add(24, 1, 23, "");
        add(30, 1, 30, "ours");
        add(31, 1, 30, "");
        add(40, 1, 40, "theirs");

        assertThat(tree(Set.of(20L), Set.of())).containsExactlyInAnyOrder(20L, 21L, 22L, 23L, 24L, 30L, 31L);
    }

    @Test
    void theHostItsAncestorsAndTheirSessionAreNotOfATree() {
        add(20, HOST, 5, ""); // begun without setsid
        add(21, 1, 5, "");

        assertThat(tree(Set.of(20L, HOST, 1L), Set.of(5L))).containsExactly(20L);
    }

    @Test
    void aSessionWhoseLeaderHasEndedIsKnownByItsNumber() {
        add(21, 1, 20, "");

        assertThat(tree(Set.of(), Set.of(20L))).containsExactly(21L);
        assertThat(tree(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void callersThatWaitForAReadingShareTheNext() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        CountDownLatch isReading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch haveAsked = new CountDownLatch(CALLERS);
        ProcessTable table = new ProcessTable(
                () -> {
                    readings.incrementAndGet();
                    isReading.countDown();
                    awaited(mayEnd);
                    return List.copyOf(processes);
                },
                () -> {
                    long now = System.nanoTime();
                    haveAsked.countDown();
                    return now;
                });
        ExecutorService callers = Executors.newCachedThreadPool();
        Future<ProcessSnapshot> first = callers.submit(table::snapshot);
        isReading.await();
        List<Future<ProcessSnapshot>> others = new ArrayList<>();
        for (int n = 2; n < CALLERS; n++) {
            others.add(callers.submit(table::snapshot));
        }
        haveAsked.await(); // the first asks for the time twice

        mayEnd.countDown();

        Set<ProcessSnapshot> shared = new HashSet<>();
        for (Future<ProcessSnapshot> other : others) {
            shared.add(other.get());
        }
        assertThat(shared).hasSize(1).doesNotContain(first.get());
        assertThat(readings).hasValue(2);
        callers.shutdown();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptHidesNoProcess() {
        long self = ProcessHandle.current().pid();
        Thread.currentThread().interrupt();
        try {
            assertThat(new ProcessTable().snapshot().has(self)).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aStatIsReadBehindANameWithBlanksAndParentheses() {
        String fields = " 7 8 9 0 -1 0 0 0 0 0 0 0 0 0 20 0 ";

        assertThat(ProcessStat.parse("42 (a) b) S" + fields + "3 0 1234")).isEqualTo(new ProcessStat('S', 7, 9, 3));
        assertThat(ProcessStat.parse("42 (a) Z" + fields + "1 0 1234").isZombie())
                .isTrue();
        assertThat(ProcessStat.parse("42 (a) Z" + fields + "2 0 1234").isZombie())
                .as("its first thread has ended, another runs")
                .isFalse();
    }

    private void add(long pid, long parent, long session, String mark) {
        processes.add(new ProcessEntry(pid, parent, session, mark));
    }

    private Set<Long> tree(Set<Long> roots, Set<Long> sessions) {
        return new ProcessSnapshot(processes).tree(roots, sessions, "ours"::equals, HOST);
    }
}
