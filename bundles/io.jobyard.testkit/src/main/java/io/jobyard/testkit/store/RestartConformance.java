// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface RestartConformance extends Conformance {

    @Test
    default void everyLifeOfTheHostHasAnIdOfItsOwn() {
        UUID before = jobs().incarnation();
        under().restart();
        assertThat(jobs().incarnation()).isNotEqualTo(before);
        assertThat(jobs().host()).isNotBlank();
    }

    @Test
    default void runsOfAnEarlierLifeAreLost() {
        StoredJob queued = admit(Draft.job());
        StoredJob one = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob two = move(Moves.start(admit(Draft.job()), jobs()));
        complete(admit(Draft.job()));
        assertThat(jobs().lostRuns(10)).isEmpty();

        under().restart();
        move(Moves.start(queued, jobs()));
        assertThat(jobs().lostRuns(10)).containsExactlyInAnyOrder(one, two);
        assertThat(jobs().lostRuns(1)).hasSize(1);

        move(Moves.queue(one));
        assertThat(jobs().lostRuns(10)).containsExactly(two);
    }

    @Test
    default void whatIsStoredOutlivesTheHost() {
        StoredJob parent = admit(Draft.job().key("k").payload("{\"a\":1}"));
        StoredJob child = admit(Draft.job().after(parent.id()));
        StoredJob timed = admit(Draft.job().dueAt(Draft.T0));
        StoredJob ended = complete(parent);

        under().restart();
        assertThat(reads().jobs(List.of(parent.id(), child.id(), timed.id())).values())
                .containsExactlyInAnyOrder(ended, child, timed);
        assertThat(reads().results(List.of(parent.id()))).hasSize(1);
        assertThat(reads().payload(parent.id())).contains("{\"a\":1}");
        assertThat(reads().history(parent.id())).hasSize(3);
        assertThat(jobs().nextDue()).contains(Draft.T0);
        assertThat(jobs().releases(10).edges()).hasSize(1);
        assertThat(Recorder.on(under()).snapshot().tally().values()).containsExactlyInAnyOrder(1L, 2L);
    }
}
