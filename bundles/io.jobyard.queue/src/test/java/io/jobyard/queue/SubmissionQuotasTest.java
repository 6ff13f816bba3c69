// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas.QuotaShare;
import io.jobyard.spi.limits.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many jobs are let in, and how fast. */
class SubmissionQuotasTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void noMoreWaitOrAreQueuedThanAllowedAndTheRefusalSaysHowMany() {
        List<QuotaShare> shares = List.of(queued("ann", 3, "ann"));
        List<JobId> ids =
                IntStream.range(0, 3).mapToObj(i -> submit("ann", shares)).toList();
        assertThatThrownBy(() -> submit("ann", shares))
                .isInstanceOf(QuotaException.class)
                .hasMessage("queued.max of ann: 3 of 3 jobs wait or are queued, 1 more exceed it;"
                        + " try again when 1 of them have started or ended");
        assertThatThrownBy(() -> fixture.lanes.quotas.requireRoom(shares, fixture.clock.instant()))
                .hasMessageStartingWith("queued.max of ann: 3 of 3 jobs wait or are queued, 1 more exceed it");
        fixture.start(1);
        fixture.lanes.quotas.requireRoom(shares, fixture.clock.instant());
        ids = new ArrayList<>(ids);
        ids.add(submit("ann", shares));
        assertThatThrownBy(() -> submit("ann", shares)).isInstanceOf(QuotaException.class);
        fixture.move(ids.get(3), JobStatus.CANCELLED);
        submit("ann", shares);
    }

    @Test
    void aCallLargerThanAllIsToldToBeSmaller() {
        assertThatThrownBy(() -> fixture.lanes.quotas.reserve(
                        ids(4), "ann", List.of(queued("ann", 3, "ann")), fixture.clock.instant()))
                .hasMessageEndingWith("submit fewer at once");
    }

    @Test
    void whatMembersHaveTogetherCountsAllOfThem() {
        List<QuotaShare> shares = List.of(queued("role llm in total (queued.max)", 2, "ann", "bob"));
        submit("ann", shares);
        submit("bob", shares);
        assertThatThrownBy(() -> submit("ann", shares)).hasMessageStartingWith("queued.max of role llm in total");
    }

    @Test
    void whatWasLetInAndNotStoredCountsNoMore() {
        List<QuotaShare> shares = List.of(queued("ann", 2, "ann"));
        List<JobId> lost = ids(2);
        fixture.lanes.quotas.reserve(lost, "ann", shares, fixture.clock.instant());
        assertThatThrownBy(() -> submit("ann", shares)).isInstanceOf(QuotaException.class);
        fixture.lanes.quotas.unreserve(lost);
        submit("ann", shares);
    }

    @Test
    void aJobThatIsRetriedNeedsRoomAndCountsOnce() {
        List<QuotaShare> shares = List.of(queued("ann", 2, "ann"));
        JobId first = submit("ann", shares);
        fixture.move(first, JobStatus.CANCELLED);
        submit("ann", shares);
        fixture.lanes.quotas.reserve(List.of(first), "ann", shares, fixture.clock.instant());
        fixture.lanes.quotas.reserve(
                List.of(first),
                "ann",
                List.of(),
                fixture.clock.instant()); // somebody else retries it, too, and is late
        assertThatThrownBy(() -> submit("ann", shares)).isInstanceOf(QuotaException.class);
        fixture.move(first, JobStatus.QUEUED);
        fixture.lanes.quotas.unreserve(List.of(first));
        assertThatThrownBy(() -> submit("ann", shares)).hasMessageStartingWith("queued.max of ann: 2 of 2");
        fixture.move(first, JobStatus.CANCELLED);
        submit("ann", shares);
    }

    @Test
    void jobsOfEarlierLivesCount() {
        fixture.submit(2, "ann", 5);
        fixture.open();
        assertThatThrownBy(() -> submit("ann", List.of(queued("ann", 2, "ann"))))
                .isInstanceOf(QuotaException.class);
    }

    @Test
    void aRateOfSubmitsIsKeptAlsoOverARestartAndSaysWhenToTryAgain() {
        List<QuotaShare> shares = List.of(new QuotaShare(
                "ann", new Quota(null, Rate.parse("60/m burst 2"), null, null, Map.of()), Set.of("ann")));
        submit("ann", shares);
        submit("ann", shares);
        assertThatThrownBy(() -> submit("ann", shares))
                .hasMessage("submit.rate of ann: 0 left of 60/m burst 2, 1 requested; try again at "
                        + LanesFixture.START.plusSeconds(1))
                .isInstanceOfSatisfying(
                        QuotaException.class,
                        e -> assertThat(e.retryAt()).isEqualTo(LanesFixture.START.plusSeconds(1)));
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.open();
        assertThatThrownBy(() -> submit("ann", shares)).isInstanceOf(QuotaException.class);
        fixture.clock.advance(Duration.ofSeconds(1));
        submit("ann", shares);
    }

    @Test
    void theStoreAsksByWhatIsStoredAndLeavesAsideWhatIsOnItsWay() {
        QuotaShare share = queued("ann", 3, "ann");
        submit("ann", List.of(share));
        fixture.lanes.quotas.reserve(ids(2), "ann", List.of(share), fixture.clock.instant());
        fixture.lanes.quotas.requireStoredRoom(share, 2, 0);
        assertThatThrownBy(() -> fixture.lanes.quotas.requireStoredRoom(share, 2, 1))
                .isInstanceOf(QuotaException.class)
                .hasMessageStartingWith("queued.max of ann: 2 of 3 jobs wait or are queued, 2 more exceed it");
        fixture.lanes.quotas.requireStoredRoom(share, 3, -1);
    }

    @Test
    void whatOtherHostsHaveDrawnCountsHereOnceTheStoreHasToldIt() {
        QuotaShare share =
                new QuotaShare("ann", new Quota(null, Rate.parse("60/m burst 2"), null, null, Map.of()), Set.of("ann"));
        assertThat(fixture.lanes.quotas.tooFast(share, 1, LanesFixture.START.plusSeconds(3), fixture.clock.instant()))
                .hasMessage("submit.rate of ann: \u22121 left of 60/m burst 2, 1 requested; try again at "
                        + LanesFixture.START.plusSeconds(2));
        assertThatThrownBy(() -> submit("ann", List.of(share))).isInstanceOf(QuotaException.class);
        fixture.clock.advance(Duration.ofSeconds(2));
        submit("ann", List.of(share));
    }

    @Test
    void fiftyThreadsGetInExactlyAsManyAsAreAllowed() throws Exception {
        List<QuotaShare> shares = List.of(queued("ann", 100, "ann"));
        List<JobId> in = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        for (int i = 0; i < 50; i++) {
            threads.submit(() -> {
                go.await();
                for (int n = 0; n < 10; n++) {
                    try {
                        in.add(submit("ann", shares));
                    } catch (QuotaException e) {
                        // what the test is about
                    }
                }
                return null;
            });
        }
        go.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(in).hasSize(100);
    }

    private JobId submit(String submitter, List<QuotaShare> shares) {
        StoredJob job;
        synchronized (this) {
            job = fixture.job(submitter, 5, "work");
        }
        fixture.lanes.lock.change(
                () -> fixture.lanes.quotas.reserve(List.of(job.id()), submitter, shares, fixture.clock.instant()));
        return fixture.submit(job);
    }

    private List<JobId> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> fixture.job("ann", 5, "work").id())
                .toList();
    }

    private static QuotaShare queued(String name, int max, String... members) {
        return new QuotaShare(name, new Quota(max, null, null, null, Map.of()), Set.of(members));
    }
}
