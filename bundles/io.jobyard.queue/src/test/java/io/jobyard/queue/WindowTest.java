// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of a lane that is in memory, and how it is read on. */
class WindowTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aLongLaneStartsInExactOrderThroughABoundedWindow() {
        List<JobId> all = fixture.submit(100_000, "a", 5);
        AtomicInteger reads = countReads();

        assertThat(fixture.start(100_000)).isEqualTo(all);

        assertThat(reads.get()).isBetween(98, 101); // a window of 1,000 to 2,000, then 1,000 at a time
        assertThat(fixture.views()).isEmpty();
    }

    @Test
    void aLaneFoundAtTheStartIsReadInExactOrder() {
        List<JobId> all = fixture.submit(5_000, "a", 5);
        fixture.open();
        AtomicInteger reads = countReads();

        assertThat(fixture.views()).singleElement().extracting(LaneView::oldest).isEqualTo(LanesFixture.START);
        assertThat(fixture.start(10_000)).isEqualTo(all);
        assertThat(reads.get()).isBetween(5, 6);
    }

    @Test
    void withManyLanesEachWindowIsSmall() {
        for (int i = 0; i < 2_000; i++) {
            fixture.submit("s" + i, 9);
        }
        List<JobId> all = fixture.submit(1_000, "a", 5);
        AtomicInteger reads = countReads();

        assertThat(fixture.start(1_000)).isEqualTo(all);

        assertThat(reads.get()).isBetween(18, 21); // 100,000 over 2,001 lanes
    }

    @Test
    void arrivalsWhileTheFirstReadGoesOnKeepTheirPlace() {
        List<JobId> all = new ArrayList<>(fixture.submit(5_000, "a", 5));
        fixture.open();
        arriveWithEachRead(all);

        assertThat(fixture.start(10_000)).isEqualTo(all);
    }

    @Test
    void arrivalsAfterTheStoreWasReadKeepTheirPlace() {
        List<JobId> all = new ArrayList<>(fixture.submit(1_500, "a", 5));
        fixture.open();
        fixture.reader = (lane, after, limit) -> {
            List<ReadyJob> read = fixture.store.ready(lane, after, limit);
            all.addAll(fixture.submit(2, "a", 5));
            return read;
        };

        assertThat(fixture.start(10_000)).isEqualTo(all);
    }

    @Test
    void nobodyTakesBehindTheEdgeWhileTheStoreIsRead() {
        List<JobId> all = new ArrayList<>(fixture.submit(2_000, "a", 5));
        fixture.open();
        List<ClaimCandidate> meanwhile = new ArrayList<>();
        fixture.reader = (lane, after, limit) -> {
            all.addAll(fixture.submit(1, "a", 5));
            meanwhile.addAll(fixture.take(1));
            return fixture.store.ready(lane, after, limit);
        };

        assertThat(fixture.start(1)).containsExactly(all.get(0));
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void whatLeavesWhileTheStoreIsReadHoldsNothingUp() {
        List<JobId> all = fixture.submit(3, "a", 5);
        fixture.open();
        fixture.reader = (lane, after, limit) -> {
            List<ReadyJob> read = fixture.store.ready(lane, after, limit);
            all.forEach(id -> fixture.move(id, JobStatus.CANCELLED));
            return read;
        };

        fixture.take(10); // the starts of these are refused by the store
        assertThat(fixture.take(10)).isEmpty();
        fixture.reader = fixture.store::ready;
        JobId next = fixture.submit("a", 5);
        assertThat(fixture.start(10)).containsExactly(next);
    }

    @Test
    void aRunGivenBackBeforeTheEdgeIsNext() {
        List<JobId> all = fixture.submit(10_000, "a", 5);
        List<JobId> started = fixture.start(3_000);

        fixture.move(started.get(7), JobStatus.QUEUED);
        fixture.move(started.get(3), JobStatus.QUEUED);

        assertThat(fixture.start(3)).containsExactly(all.get(3), all.get(7), all.get(3_000));
    }

    @Test
    void aRunGivenBackBeforeAnythingIsReadIsNext() {
        JobId first = fixture.submit("a", 5);
        fixture.start(1);
        fixture.clock.advance(Duration.ofSeconds(1));
        List<JobId> others = fixture.submit(10, "a", 5);
        fixture.open();

        fixture.move(first, JobStatus.QUEUED);

        assertThat(fixture.start(2)).containsExactly(first, others.get(0));
    }

    @Test
    void whatIsPutBackKeepsItsPlace() {
        List<JobId> all = fixture.submit(3_000, "a", 5);

        List<ClaimCandidate> taken = fixture.take(1_100);
        fixture.lanes.claims.settle(taken, List.of());

        assertThat(fixture.start(3_000)).isEqualTo(all);
    }

    @Test
    void whatIsPutBackAfterItEndedLeavesNoLaneBehind() {
        JobId only = fixture.submit("a", 5);
        List<ClaimCandidate> taken = fixture.take(1);
        fixture.move(only, JobStatus.CANCELLED);

        fixture.lanes.claims.settle(taken, List.of());

        assertThat(fixture.take(1)).isEmpty();
        assertThat(fixture.views()).isEmpty();
    }

    @Test
    void aFailedReadPutsEverythingBack() {
        List<JobId> of5 = fixture.submit(10, "a", 5);
        List<JobId> of6 = fixture.submit(5_000, "a", 6);
        fixture.reader = (lane, after, limit) -> {
            throw new StoreException("the store is away", null);
        };

        assertThatThrownBy(() -> fixture.take(4_000)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> fixture.take(4_000)).isInstanceOf(StoreException.class);
        fixture.reader = fixture.store::ready;

        assertThat(fixture.start(10_000)).startsWith(of5.toArray(JobId[]::new)).endsWith(of6.toArray(JobId[]::new));
    }

    @Test
    void openedAgainItHoldsWhatTheStoreHoldsAndNoMore() {
        fixture.submit(2_500, "a", 5);
        fixture.take(1_200);
        fixture.start(100);
        Lanes same = fixture.lanes;

        reopen(same);

        List<JobId> queued = new ArrayList<>();
        for (long n = 1; n <= 2_500; n++) {
            JobId id = new JobId(new UUID(1, n));
            if (fixture.store.job(id).orElseThrow().job().status() == JobStatus.QUEUED) {
                queued.add(id);
            }
        }
        assertThat(fixture.views()).singleElement().extracting(LaneView::queued).isEqualTo(2_400L);
        assertThat(fixture.start(5_000)).isEqualTo(queued);
    }

    private void reopen(Lanes same) {
        fixture.store.listen(
                FakeCommitListener.ofOpening(same.follower::opened)); // the first registration hears of commits
    }

    private void arriveWithEachRead(List<JobId> all) {
        fixture.reader = (lane, after, limit) -> {
            all.addAll(fixture.submit(3, "a", 5));
            return fixture.store.ready(lane, after, limit);
        };
    }

    private AtomicInteger countReads() {
        AtomicInteger reads = new AtomicInteger();
        fixture.reader = (lane, after, limit) -> {
            reads.incrementAndGet();
            List<ReadyJob> read = fixture.store.ready(lane, after, limit);
            assertThat(read.size()).isLessThanOrEqualTo(limit);
            assertThat(limit).isLessThanOrEqualTo(1_000);
            return read;
        };
        return reads;
    }
}
