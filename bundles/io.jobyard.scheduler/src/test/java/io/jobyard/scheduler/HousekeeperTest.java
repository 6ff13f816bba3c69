// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.doubles.FakeCommitListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one thread that acts by itself. */
@Timeout(120)
class HousekeeperTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Desk desk = new Desk();
    private volatile Duration pollInterval = NEVER;
    private final Clock ticking = tickingFrom(Desk.START);
    private final Decisions decisions = new Decisions(ticking, attempt -> Duration.ZERO, "here", Desk.INCARNATION);
    private final Housekeeper housekeeper =
            new Housekeeper(desk.store, desk.chores(desk.store, decisions, ticking), ticking, () -> pollInterval);

    @AfterEach
    void stop() {
        housekeeper.stop();
    }

    @Test
    void itWakesForADueJobWithinAHundredMilliseconds() {
        listen();
        housekeeper.start();
        Instant due = ticking.instant().plusMillis(300).truncatedTo(ChronoUnit.MICROS);

        JobId id = desk.submit(Desk.spec().notBefore(due));

        await().pollInterval(Duration.ofMillis(5)).until(() -> desk.status(id) == JobStatus.QUEUED);
        assertThat(ticking.instant()).isBetween(due, due.plusMillis(100));
    }

    @Test
    void anInterruptByAnybodyDoesNotEndIt() {
        listen();
        housekeeper.start();
        for (int time = 0; time < 3; time++) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("jobyard-scheduler-1"))
                    .forEach(Thread::interrupt);
            JobId id = desk.submit(Desk.spec().notBefore(ticking.instant().plusMillis(100)));
            await().until(() -> desk.status(id) == JobStatus.QUEUED);
        }
    }

    @Test
    void itReleasesDependentsAsSoonAsTheirDependencyEnds() {
        listen();
        housekeeper.start();
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));

        desk.complete(parent);

        await().until(() -> desk.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aJobDueInThousandsOfYearsHoldsNothingUp() {
        listen();
        housekeeper.start();
        desk.submit(Desk.spec().notBefore(Instant.parse("9999-01-01T00:00:00Z")));
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));

        desk.complete(parent);

        await().until(() -> desk.status(child) == JobStatus.QUEUED);
    }

    @Test
    void afterThePollIntervalItLooksForAllThatNobodyWokeItFor() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.complete(parent);
        pollInterval = Duration.ofMillis(20);

        housekeeper.start();

        await().until(() -> desk.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aBusyOneReachesThePollIntervalToo() {
        pollInterval = Duration.ofMillis(50);
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.complete(parent); // nobody listens yet: only a poll finds its marker
        AtomicInteger calls = new AtomicInteger();
        desk.fault = (method, arguments) -> {
            if (method.equals("due")) {
                calls.incrementAndGet();
                housekeeper.committed(List.of(new Committed(null, dueNow(parent), false, null)));
            }
        };
        housekeeper.committed(List.of(new Committed(null, dueNow(parent), false, null)));

        housekeeper.start();

        await().until(() -> desk.status(child) == JobStatus.QUEUED);
        assertThat(calls.get()).isPositive();
    }

    private StoredJob dueNow(JobId id) {
        StoredJob job = desk.stored(id);
        Bookkeeping books = job.books();
        return new StoredJob(job.job(), new Bookkeeping(books.version(), 0, 0, false, null, null, Desk.START));
    }

    @Test
    void itGoesOnAfterAFault() {
        listen();
        AtomicInteger faults = new AtomicInteger();
        desk.fault = (method, arguments) -> {
            if (method.equals("releases") && faults.incrementAndGet() == 1) {
                throw new StoreException("the store is away", null);
            }
            if (method.equals("due") && faults.incrementAndGet() == 2) {
                throw new NoClassDefFoundError("a bundle is being updated");
            }
        };
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.complete(parent);

        housekeeper.start();

        await().until(() -> faults.get() >= 2 && desk.status(child) == JobStatus.QUEUED);
    }

    @Test
    void atTheStartItTakesLostRunsBack() {
        JobId id = desk.submit();
        desk.claim(id);
        Desk next = desk.restart();
        Housekeeper again = new Housekeeper(next.store, next.chores, next.clock, () -> NEVER);
        again.start();
        again.opened();
        try {
            await().until(() -> next.status(id) == JobStatus.QUEUED);
        } finally {
            again.stop();
        }
    }

    @Test
    void untilAllLostRunsAreBackNothingMayStartWhateverTheStoreDoes() throws InterruptedException {
        for (int n = 0; n < 5_000; n++) { // ten slices
            desk.submit();
        }
        assertThat(desk.claim(9_000)).hasSize(5_000);
        Desk next = desk.restart();
        Housekeeper again = new Housekeeper(next.store, next.chores, next.clock, () -> NEVER);
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger moves = new AtomicInteger();
        List<Boolean> early = new CopyOnWriteArrayList<>();
        next.fault = (method, arguments) -> {
            early.add(!next.memory.lostRuns(1).isEmpty() && again.awaitRecovered(Duration.ZERO));
            if (method.equals("lostRuns") && reads.incrementAndGet() == 2
                    || method.equals("move") && moves.incrementAndGet() == 3_300) {
                throw new StoreException("the store is away", null);
            }
        };

        again.start();
        again.opened();
        try {
            assertThat(again.awaitRecovered(Duration.ofMinutes(2))).isTrue();
            assertThat(next.memory.lostRuns(1)).isEmpty();
            assertThat(early).containsOnly(false);
            assertThat(next.claim(9_000)).hasSize(5_000);
        } finally {
            again.stop();
        }
    }

    @Test
    void itSleepsWhileNothingIsToBeDone() {
        AtomicInteger asked = new AtomicInteger();
        desk.submit(Desk.spec().notBefore(Desk.START.plus(Duration.ofDays(1))));
        listen();
        housekeeper.start();
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.complete(parent);
        await().until(() -> desk.status(child) == JobStatus.QUEUED);
        desk.fault = (method, arguments) -> asked.incrementAndGet();

        await().during(Duration.ofMillis(200)).until(() -> asked.get() <= 4); // what the release still asks
    }

    private void listen() {
        desk.memory.listen(new FakeCommitListener(snapshot -> housekeeper.opened(), housekeeper::committed));
    }

    private static Clock tickingFrom(Instant start) {
        long zero = System.nanoTime();
        InstantSource source = () -> start.plusNanos(System.nanoTime() - zero).truncatedTo(ChronoUnit.MICROS);
        return source.withZone(ZoneOffset.UTC);
    }
}
