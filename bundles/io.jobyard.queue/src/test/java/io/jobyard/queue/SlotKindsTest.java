// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static io.jobyard.queue.HostsFixture.async;
import static io.jobyard.queue.HostsFixture.handler;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs of asynchronous handlers take slots of their own. */
@Timeout(60)
class SlotKindsTest {

    private final LanesFixture fixture = new LanesFixture();
    private final HostsFixture hosts = fixture.hosts;

    @BeforeEach
    void callsAreAsynchronous() {
        fixture.handlers.async.add("call");
    }

    @Test
    void aJobOfOneKindPassesThoseOfTheKindWithoutASlot() {
        fixture.submit(3, "ann", 1, "work");
        fixture.submit(3, "ann", 9, "call");
        assertThat(fixture.take(new Slots(1, 2)))
                .extracting(job -> job.lane().type())
                .containsExactly("work", "call", "call");
        assertThat(fixture.take(new Slots(0, 1)))
                .extracting(ClaimCandidate::slots)
                .containsExactly(SlotKind.ASYNC);
        assertThat(fixture.take(new Slots(0, 5))).isEmpty();
        assertThat(fixture.take(new Slots(5, 0))).hasSize(2);
    }

    @Test
    void bothKindsStartInOneOrder() {
        fixture.submit("ann", 5, "call");
        fixture.submit("ann", 1, "work");
        fixture.submit("ann", 3, "call");
        assertThat(fixture.take(new Slots(9, 9)))
                .extracting(job -> job.lane().priority())
                .containsExactly(1, 3, 5);
    }

    @Test
    void anotherHostTakesAsManyOfEachKindAsItOffers() {
        hosts.serves(Set.of());
        UUID other = hosts.other(2, new Slots(1, 2), handler("work", "1.0.0"), async("call"));
        fixture.submit(3, "ann", 5, "work");
        fixture.submit(4, "ann", 5, "call");
        assertThat(hosts.take(0))
                .containsExactlyInAnyOrder("work host-2:1 1.0.0", "call host-2:1 1.0.0", "call host-2:1 1.0.0");
        assertThat(fixture.lanes.inFlight.heldBy(other)).isEqualTo(new Slots(1, 2));
        assertThat(hosts.take(0)).isEmpty();

        hosts.other(2, new Slots(1, 3), handler("work", "1.0.0"), async("call"));
        assertThat(hosts.take(0)).containsExactly("call host-2:1 1.0.0");
        assertThat(fixture.lanes.rooms.shutBy(LaneKey.of(fixture.job("ann", 5, "call"))))
                .contains(new Blocker("host", "host-2:1 serves the type but has no free slot of async.jobs", null));
    }

    @Test
    void aNewLeaderCountsTheSlotsOfRunningJobsByKind() {
        hosts.serves(Set.of());
        UUID other = hosts.other(2, new Slots(2, 2), handler("work", "1.0.0"), async("call"));
        fixture.submit("ann", 5, "call");
        fixture.submit("ann", 5, "work");
        assertThat(hosts.take(0)).hasSize(2);
        fixture.handlers.async.clear();
        fixture.lanes = fixture.open(); // reads the running jobs before it knows the hosts
        hosts.told();
        assertThat(fixture.lanes.inFlight.heldBy(other)).isEqualTo(new Slots(1, 1));
    }
}
