// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.Taken;
import io.jobyard.doubles.FakeCommitListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of a lane that is in memory, and how it is read on. */
class WindowTest {

    private final Yard yard = new Yard();

    @Test
    void aLongLaneStartsInExactOrderThroughABoundedWindow() {
        List<JobId> all = yard.submit(100_000, "a", 5);
        AtomicInteger reads = countReads();

        assertThat(yard.start(100_000)).isEqualTo(all);

        assertThat(reads.get()).isBetween(98, 101); // a window of 1,000 to 2,000, then 1,000 at a time
        assertThat(yard.views()).isEmpty();
    }

    @Test
    void aLaneFoundAtTheStartIsReadInExactOrder() {
        List<JobId> all = yard.submit(5_000, "a", 5);
        yard.open();
        AtomicInteger reads = countReads();

        assertThat(yard.views()).singleElement().extracting(LaneView::oldest).isEqualTo(Yard.START);
        assertThat(yard.start(10_000)).isEqualTo(all);
        assertThat(reads.get()).isBetween(5, 6);
    }

    @Test
    void withManyLanesEachWindowIsSmall() {
        for (int i = 0; i < 2_000; i++) {
            yard.submit("s" + i, 9);
        }
        List<JobId> all = yard.submit(1_000, "a", 5);
        AtomicInteger reads = countReads();

        assertThat(yard.start(1_000)).isEqualTo(all);

        assertThat(reads.get()).isBetween(18, 21); // 100,000 over 2,001 lanes
    }

    @Test
    void arrivalsWhileTheFirstReadGoesOnKeepTheirPlace() {
        List<JobId> all = new ArrayList<>(yard.submit(5_000, "a", 5));
        yard.open();
        arriveWithEachRead(all);

        assertThat(yard.start(10_000)).isEqualTo(all);
    }

    @Test
    void arrivalsAfterTheStoreWasReadKeepTheirPlace() {
        List<JobId> all = new ArrayList<>(yard.submit(1_500, "a", 5));
        yard.open();
        yard.refill = (lane, after, limit) -> {
            List<ReadyJob> read = yard.store.ready(lane, after, limit);
            all.addAll(yard.submit(2, "a", 5));
            return read;
        };

        assertThat(yard.start(10_000)).isEqualTo(all);
    }

    @Test
    void nobodyTakesBehindTheEdgeWhileTheStoreIsRead() {
        List<JobId> all = new ArrayList<>(yard.submit(2_000, "a", 5));
        yard.open();
        List<Taken> meanwhile = new ArrayList<>();
        yard.refill = (lane, after, limit) -> {
            all.addAll(yard.submit(1, "a", 5));
            meanwhile.addAll(yard.take(1));
            return yard.store.ready(lane, after, limit);
        };

        assertThat(yard.start(1)).containsExactly(all.get(0));
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void whatLeavesWhileTheStoreIsReadHoldsNothingUp() {
        List<JobId> all = yard.submit(3, "a", 5);
        yard.open();
        yard.refill = (lane, after, limit) -> {
            List<ReadyJob> read = yard.store.ready(lane, after, limit);
            all.forEach(id -> yard.move(id, JobStatus.CANCELLED));
            return read;
        };

        yard.take(10); // the starts of these are refused by the store
        assertThat(yard.take(10)).isEmpty();
        yard.refill = yard.store::ready;
        JobId next = yard.submit("a", 5);
        assertThat(yard.start(10)).containsExactly(next);
    }

    @Test
    void aRunGivenBackBeforeTheEdgeIsNext() {
        List<JobId> all = yard.submit(10_000, "a", 5);
        List<JobId> started = yard.start(3_000);

        yard.move(started.get(7), JobStatus.QUEUED);
        yard.move(started.get(3), JobStatus.QUEUED);

        assertThat(yard.start(3)).containsExactly(all.get(3), all.get(7), all.get(3_000));
    }

    @Test
    void aRunGivenBackBeforeAnythingIsReadIsNext() {
        JobId first = yard.submit("a", 5);
        yard.start(1);
        yard.clock.advance(Duration.ofSeconds(1));
        List<JobId> others = yard.submit(10, "a", 5);
        yard.open();

        yard.move(first, JobStatus.QUEUED);

        assertThat(yard.start(2)).containsExactly(first, others.get(0));
    }

    @Test
    void whatIsPutBackKeepsItsPlace() {
        List<JobId> all = yard.submit(3_000, "a", 5);

        List<Taken> taken = yard.take(1_100);
        yard.lanes.putBack(taken);

        assertThat(yard.start(3_000)).isEqualTo(all);
    }

    @Test
    void whatIsPutBackAfterItEndedLeavesNoLaneBehind() {
        JobId only = yard.submit("a", 5);
        List<Taken> taken = yard.take(1);
        yard.move(only, JobStatus.CANCELLED);

        yard.lanes.putBack(taken);

        assertThat(yard.take(1)).isEmpty();
        assertThat(yard.views()).isEmpty();
    }

    @Test
    void aFailedReadPutsEverythingBack() {
        List<JobId> of5 = yard.submit(10, "a", 5);
        List<JobId> of6 = yard.submit(5_000, "a", 6);
        yard.refill = (lane, after, limit) -> {
            throw new StoreException("the store is away", null);
        };

        assertThatThrownBy(() -> yard.take(4_000)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> yard.take(4_000)).isInstanceOf(StoreException.class);
        yard.refill = yard.store::ready;

        assertThat(yard.start(10_000)).startsWith(of5.toArray(JobId[]::new)).endsWith(of6.toArray(JobId[]::new));
    }

    @Test
    void openedAgainItHoldsWhatTheStoreHoldsAndNoMore() {
        yard.submit(2_500, "a", 5);
        yard.take(1_200);
        yard.start(100);
        Lanes same = yard.lanes;

        reopen(same);

        List<JobId> queued = new ArrayList<>();
        for (long n = 1; n <= 2_500; n++) {
            JobId id = new JobId(new UUID(1, n));
            if (yard.store.job(id).orElseThrow().job().status() == JobStatus.QUEUED) {
                queued.add(id);
            }
        }
        assertThat(yard.views()).singleElement().extracting(LaneView::queued).isEqualTo(2_400L);
        assertThat(yard.start(5_000)).isEqualTo(queued);
    }

    private void reopen(Lanes same) {
        yard.store.listen(FakeCommitListener.ofOpening(same::opened)); // the first registration hears of commits
    }

    private void arriveWithEachRead(List<JobId> all) {
        yard.refill = (lane, after, limit) -> {
            all.addAll(yard.submit(3, "a", 5));
            return yard.store.ready(lane, after, limit);
        };
    }

    private AtomicInteger countReads() {
        AtomicInteger reads = new AtomicInteger();
        yard.refill = (lane, after, limit) -> {
            reads.incrementAndGet();
            List<ReadyJob> read = yard.store.ready(lane, after, limit);
            assertThat(read.size()).isLessThanOrEqualTo(limit);
            assertThat(limit).isLessThanOrEqualTo(1_000);
            return read;
        };
        return reads;
    }
}
