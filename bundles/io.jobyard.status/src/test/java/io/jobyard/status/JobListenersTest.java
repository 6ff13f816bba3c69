// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobListener;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobListenersTest {

    private static final Caller ACME = Caller.bundle("com.acme");

    private final SettableClock clock = new SettableClock(StoredJobsFixture.START);
    private final StoredJobsFixture records = new StoredJobsFixture();
    private final SettableAccess access = new SettableAccess();
    private final JobListeners listeners = new JobListeners(access, clock);

    /** Keeps what it hears. */
    private static final class Ear implements JobListener {
        final List<JobEvent> heard = Collections.synchronizedList(new ArrayList<>());
        final List<EventCursor> missed = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void changed(JobEvent event) {
            heard.add(event);
        }

        @Override
        public void missed(EventCursor after) {
            missed.add(after);
        }

        void awaitAll(int count) {
            await().untilAsserted(() -> assertThat(heard).hasSize(count));
        }
    }

    /** Blocks in its first call until it is let go. */
    private static final class Blocker implements JobListener {
        final Ear ear = new Ear();
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void changed(JobEvent event) {
            begun.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                return;
            }
            ear.changed(event);
        }

        @Override
        public void missed(EventCursor after) {
            ear.missed(after);
        }
    }

    @BeforeEach
    void listen() {
        records.store.listen(listeners);
    }

    @AfterEach
    void stop() {
        listeners.stop();
    }

    /** Three events each. */
    private void finish(int jobs) {
        for (int n = 0; n < jobs; n++) {
            JobId id = records.admit(null, 5);
            records.move(id, JobStatus.RUNNING, 1, null, null);
            records.move(id, JobStatus.COMPLETED, 2, null, "{}");
        }
    }

    private List<JobEvent> stored(EventCursor after) {
        return records.store.events(after, 1_000_000);
    }

    @Test
    void anInterruptByAnybodyDoesNotEndAFeed() {
        Ear ear = new Ear();
        listeners.bind(ear, ACME);
        for (int time = 1; time <= 3; time++) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("jobyard-listener-"))
                    .forEach(Thread::interrupt);
            finish(1);
            ear.awaitAll(3 * time);
        }
    }

    @Test
    void aListenerHearsEveryChangeInOrder() {
        Ear ear = new Ear();
        listeners.bind(ear, ACME);
        finish(100);
        ear.awaitAll(300);
        assertThat(ear.heard).isEqualTo(stored(EventCursor.START));
        assertThat(listeners.examine()).isEmpty();
    }

    @Test
    void aListenerHearsOfWhatItsBundleMaySeeAtThatMoment() {
        Ear ear = new Ear();
        Ear own = new Ear();
        listeners.bind(ear, ACME);
        listeners.bind(own, Caller.bundle("alice"));
        access.allow(Permission.VIEW);
        finish(1);
        own.awaitAll(3);
        access.allow(Permission.SUBMIT);
        finish(1);
        access.allow(Permission.VIEW_ALL);
        finish(1);
        ear.awaitAll(3);
        own.awaitAll(6);
        List<JobEvent> all = stored(EventCursor.START);
        assertThat(ear.heard).isEqualTo(all.subList(6, 9));
    }

    @Test
    void oneThatThrowsHearsTheNextEventsAndHarmsNobody() {
        Ear ear = new Ear();
        Ear heardByThrower = new Ear();
        listeners.bind(
                event -> {
                    heardByThrower.changed(event);
                    throw new AssertionError("on purpose");
                },
                ACME);
        listeners.bind(ear, ACME);
        finish(10);
        ear.awaitAll(30);
        heardByThrower.awaitAll(30);
        await().untilAsserted(() -> assertThat(listeners.examine())
                .extracting(Finding::problem)
                .singleElement()
                .asString()
                .endsWith("threw an exception at 30 events"));
    }

    @Test
    void oneThatBlocksForEverIsToldByTheDoctorAndHarmsNobody() throws Exception {
        Blocker blocker = new Blocker();
        Ear ear = new Ear();
        listeners.bind(blocker, ACME);
        listeners.bind(ear, ACME);
        finish(1);
        blocker.begun.await();
        finish(9);
        ear.awaitAll(30);
        assertThat(listeners.examine()).isEmpty();
        clock.advance(ListenerFeed.LONG);
        assertThat(listeners.examine())
                .extracting(Finding::problem)
                .containsExactly(Blocker.class.getName() + " has been in one call since " + StoredJobsFixture.START
                        + "; 29 events are waiting for it");
    }

    @Test
    void whatIsTooMuchIsDroppedCountedAndToldWithThePlaceWhereItBegan() throws Exception {
        Blocker blocker = new Blocker();
        listeners.bind(blocker, ACME);
        finish(1);
        blocker.begun.await();
        finish(ListenerFeed.CAPACITY / 3 + 10); // one event is being told, two wait; of these, 9,998 find room
        long all = stored(EventCursor.START).size();
        long dropped = all - ListenerFeed.CAPACITY - 1;
        assertThat(listeners.examine())
                .extracting(Finding::problem)
                .containsExactly(Blocker.class.getName() + " was too slow: " + dropped + " events were dropped");

        blocker.letGo.countDown();
        await().untilAsserted(() -> assertThat(blocker.ear.missed).hasSize(1));
        List<JobEvent> whole = new ArrayList<>(blocker.ear.heard);
        whole.addAll(stored(blocker.ear.missed.get(0)));
        assertThat(whole).isEqualTo(stored(EventCursor.START));

        finish(1);
        blocker.ear.awaitAll(ListenerFeed.CAPACITY + 1 + 3);
        assertThat(blocker.ear.missed).hasSize(1);
    }

    @Test
    void oneThatIsRemovedWhileItIsCalledIsInterruptedAndHeardNoMore() throws Exception {
        Blocker blocker = new Blocker();
        Ear ear = new Ear();
        listeners.bind(blocker, ACME);
        listeners.bind(ear, ACME);
        finish(1);
        blocker.begun.await();
        listeners.unbind(blocker);
        assertThat(blocker.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        finish(9);
        ear.awaitAll(30);
        assertThat(blocker.ear.heard).isEmpty();
        assertThat(listeners.examine()).isEmpty();
    }

    @Test
    void aFollowerThatComesLaterReadsWhatItMissed() {
        finish(5);
        Ear ear = new Ear();
        listeners.bind(ear, ACME);
        finish(1);
        ear.awaitAll(3);
        List<JobEvent> all = stored(EventCursor.START);
        assertThat(all.subList(15, 18)).isEqualTo(ear.heard);
    }
}
