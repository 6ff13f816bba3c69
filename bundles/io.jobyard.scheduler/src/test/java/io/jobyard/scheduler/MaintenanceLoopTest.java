// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one thread that acts by itself. */
@Timeout(120)
class MaintenanceLoopTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private volatile Duration pollInterval = NEVER;
    private final Clock ticking = tickingFrom(SchedulerFixture.START);
    private final MaintenanceLoop housekeeper = new MaintenanceLoop(
            scheduler.store, scheduler.engine(scheduler.store, ticking).chores(), ticking, () -> pollInterval);

    @AfterEach
    void stop() {
        housekeeper.stop();
    }

    @Test
    void itWakesForADueJobWithinAHundredMilliseconds() {
        listen();
        housekeeper.start();
        Instant due = ticking.instant().plusMillis(300).truncatedTo(ChronoUnit.MICROS);

        JobId id = scheduler.submit(SchedulerFixture.spec().notBefore(due));

        await().pollInterval(Duration.ofMillis(5)).until(() -> scheduler.status(id) == JobStatus.QUEUED);
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
            JobId id = scheduler.submit(
                    SchedulerFixture.spec().notBefore(ticking.instant().plusMillis(100)));
            await().until(() -> scheduler.status(id) == JobStatus.QUEUED);
        }
    }

    @Test
    void itReleasesDependentsAsSoonAsTheirDependencyEnds() {
        listen();
        housekeeper.start();
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));

        scheduler.complete(parent);

        await().until(() -> scheduler.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aJobDueInThousandsOfYearsHoldsNothingUp() {
        listen();
        housekeeper.start();
        scheduler.submit(SchedulerFixture.spec().notBefore(Instant.parse("9999-01-01T00:00:00Z")));
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));

        scheduler.complete(parent);

        await().until(() -> scheduler.status(child) == JobStatus.QUEUED);
    }

    @Test
    void afterThePollIntervalItLooksForAllThatNobodyWokeItFor() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.complete(parent);
        pollInterval = Duration.ofMillis(20);

        housekeeper.start();

        await().until(() -> scheduler.status(child) == JobStatus.QUEUED);
    }

    @Test
    void aBusyOneReachesThePollIntervalToo() {
        pollInterval = Duration.ofMillis(50);
        JobId job = scheduler.submit();
        AtomicInteger looks = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("due")) { // each time there is something to do at once
                housekeeper.committed(List.of(new Committed(null, dueNow(job), false, null, false)));
            } else if (method.equals("releases")) {
                looks.incrementAndGet();
            }
        };
        housekeeper.hosts(scheduler.memory.hosts());

        housekeeper.start();

        await().until(() -> looks.get() >= 3); // the first because it begins
    }

    private StoredJob dueNow(JobId id) {
        StoredJob job = scheduler.stored(id);
        SchedulingState books = job.books();
        return new StoredJob(
                job.job(), new SchedulingState(books.version(), 0, 0, false, null, null, SchedulerFixture.START));
    }

    @Test
    void itGoesOnAfterAFault() {
        listen();
        AtomicInteger faults = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("releases") && faults.incrementAndGet() == 1) {
                throw new StoreException("the store is away", null);
            }
            if (method.equals("due") && faults.incrementAndGet() == 2) {
                throw new NoClassDefFoundError("a bundle is being updated");
            }
        };
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.complete(parent);

        housekeeper.start();

        await().until(() -> faults.get() >= 2 && scheduler.status(child) == JobStatus.QUEUED);
    }

    @Test
    void atTheStartItTakesLostRunsBack() {
        JobId id = scheduler.submit();
        scheduler.claim(id);
        SchedulerFixture next = scheduler.restart();
        MaintenanceLoop again = new MaintenanceLoop(next.store, next.engine.chores(), next.clock, () -> NEVER);
        again.start();
        again.opened();
        again.hosts(next.memory.hosts());
        try {
            await().until(() -> next.status(id) == JobStatus.QUEUED);
        } finally {
            again.stop();
        }
    }

    @Test
    void untilAllLostRunsAreBackNothingMayStartWhateverTheStoreDoes() throws InterruptedException {
        for (int n = 0; n < 5_000; n++) { // ten slices
            scheduler.submit();
        }
        assertThat(scheduler.claim(9_000)).hasSize(5_000);
        SchedulerFixture next = scheduler.restart();
        MaintenanceLoop again = new MaintenanceLoop(next.store, next.engine.chores(), next.clock, () -> NEVER);
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger moves = new AtomicInteger();
        List<Boolean> early = new CopyOnWriteArrayList<>();
        next.fault = (method, arguments) -> {
            early.add(!next.memory.lostRuns(1).isEmpty() && next.engine.chores().awaitRecovered(Duration.ZERO));
            if (method.equals("lostRuns") && reads.incrementAndGet() == 2
                    || method.equals("move") && moves.incrementAndGet() == 3_300) {
                throw new StoreException("the store is away", null);
            }
        };

        again.start();
        again.opened();
        again.hosts(next.memory.hosts());
        try {
            assertThat(next.engine.chores().awaitRecovered(Duration.ofMinutes(2)))
                    .isTrue();
            assertThat(next.memory.lostRuns(1)).isEmpty();
            assertThat(early).containsOnly(false);
            assertThat(next.claim(9_000)).hasSize(5_000);
        } finally {
            again.stop();
        }
    }

    @Test
    void onlyTheLeaderDoesTheChoresAndBeginsWithAllOfThem() {
        AtomicBoolean leader = new AtomicBoolean();
        List<Boolean> asked = new CopyOnWriteArrayList<>();
        listen();
        housekeeper.hosts(hosts(false, 1));
        housekeeper.start();
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.fault = (method, arguments) -> asked.add(!method.equals("releases") || leader.get());
        scheduler.complete(parent);

        leader.set(true);
        housekeeper.hosts(hosts(true, 1));

        await().until(() -> scheduler.status(child) == JobStatus.QUEUED);
        assertThat(asked).containsOnly(true);
    }

    @Test
    void whenAHostEndsItsRunsAreTakenBackAtOnce() {
        AtomicInteger looks = new AtomicInteger();
        listen();
        housekeeper.hosts(hosts(true, 1));
        scheduler.fault = (method, arguments) -> looks.addAndGet(method.equals("lostRuns") ? 1 : 0);
        housekeeper.start();
        await().until(() -> looks.get() == 1);

        housekeeper.hosts(hosts(true, 2));
        housekeeper.hosts(hosts(true, 1));

        await().until(() -> looks.get() == 2);
    }

    @Test
    void itSleepsWhileNothingIsToBeDone() {
        AtomicInteger asked = new AtomicInteger();
        scheduler.submit(SchedulerFixture.spec().notBefore(SchedulerFixture.START.plus(Duration.ofDays(1))));
        listen();
        housekeeper.start();
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.complete(parent);
        await().until(() -> scheduler.status(child) == JobStatus.QUEUED);
        scheduler.fault = (method, arguments) -> asked.incrementAndGet();

        await().pollInterval(Duration.ofMillis(200))
                .until(() -> asked.getAndSet(0) == 0); // the release asks a few times more
    }

    private void listen() {
        scheduler.memory.listen(new FakeCommitListener(snapshot -> housekeeper.opened(), housekeeper::committed));
        housekeeper.hosts(scheduler.memory.hosts());
    }

    private static Hosts hosts(boolean leader, int others) {
        List<HostIncarnation> living = new ArrayList<>();
        for (int number = 0; number <= others; number++) {
            UUID id = number == 0 ? SchedulerFixture.INCARNATION : new UUID(9, number);
            boolean starts = leader ? number == 0 : number == 1;
            living.add(new HostIncarnation(
                    id, "host-" + number + ":1", Instant.EPOCH, null, starts, HostOffer.NOTHING, null));
        }
        return new Hosts(SchedulerFixture.INCARNATION, living);
    }

    private static Clock tickingFrom(Instant start) {
        long zero = System.nanoTime();
        InstantSource source = () -> start.plusNanos(System.nanoTime() - zero).truncatedTo(ChronoUnit.MICROS);
        return source.withZone(ZoneOffset.UTC);
    }
}
