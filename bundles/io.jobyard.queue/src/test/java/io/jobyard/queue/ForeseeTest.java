// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would hold a job that is not stored. */
class ForeseeTest {

    private final LanesFixture fixture = new LanesFixture();

    private List<Blocker> foresee(StoredJob job) {
        return fixture.lanes.overview.foresee(job);
    }

    @Test
    void itIsWhatHoldsTheJobOnceItIsThere() {
        fixture.shut(lane -> lane.type().equals("shut"));
        fixture.queue("default", "running.max", "1");
        for (String type : List.of("echo", "shut")) {
            for (int level : new int[] {1, 7}) {
                StoredJob job = fixture.job("ann", level, type);
                List<Blocker> foreseen = foresee(job);
                JobId id = fixture.submit(job);
                assertThat(foreseen).isEqualTo(fixture.view(id).shutBy());
                fixture.start(1);
            }
        }
        assertThat(foresee(fixture.job("bob", 3, "shut"))).hasSize(2);
    }

    @Test
    void noLaneIsLeftBehind() {
        foresee(fixture.job("ann", 1, "echo"));
        assertThat(fixture.views()).isEmpty();
        JobId id = fixture.submit("ann", 1);
        foresee(fixture.job("ann", 1, "work"));
        assertThat(fixture.view(id).queued()).isEqualTo(1);
        assertThat(fixture.take(5)).hasSize(1);
    }
}
