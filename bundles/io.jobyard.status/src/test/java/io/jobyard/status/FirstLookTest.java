// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.doubles.FakeQueueManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLookTest {

    private final FakeQueueManager queue = new FakeQueueManager();

    @Test
    void whatStartsNextIsAskedForEachTimeTheStoreIsOpened() throws InterruptedException {
        queue.upcoming = List.of();
        FirstLook look = new FirstLook(new StoredJobsFixture().store, queue);
        assertThat(queue.upcomingAsked).isEmpty();
        look.opened(StoreSnapshot.EMPTY);
        look.opened(StoreSnapshot.EMPTY);
        look.stop();
        assertThat(queue.upcomingAsked).containsExactly(PendingJobs.FEW, PendingJobs.FEW);
    }
}
