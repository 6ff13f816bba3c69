// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.PendingJob;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.spi.feed.StoreSnapshot;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneWarmupTest {

    private final FakeQueueManager queue = new FakeQueueManager();

    private final LaneWarmup look = new LaneWarmup(new StoredJobsFixture().store, queue);

    @AfterEach
    void stop() throws InterruptedException {
        look.stop();
    }

    @Test
    void whatStartsNextIsAskedForFurtherAndFurtherEachTimeTheStoreIsOpened() {
        queue.upcoming = List.of();
        List<Integer> further = List.of(PendingJobs.FEW, 128, 256, 512, PendingJob.MOST);
        assertThat(queue.upcomingAsked).isEmpty();
        look.opened(StoreSnapshot.EMPTY);
        await().untilAsserted(() -> assertThat(queue.upcomingAsked).isEqualTo(further));
        look.opened(StoreSnapshot.EMPTY);
        await().untilAsserted(() ->
                assertThat(queue.upcomingAsked).endsWith(PendingJob.MOST).hasSize(10));
    }
}
