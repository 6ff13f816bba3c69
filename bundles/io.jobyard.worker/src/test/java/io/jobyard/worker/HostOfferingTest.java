// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.jobs.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostOfferingTest {

    private final WorkerFixture workers = new WorkerFixture();
    private final List<HostOffer> offers = new ArrayList<>();
    private final HostOffering offering = new HostOffering(
            Stub.<HostStore>of(HostStore.class)
                    .on("offer", arguments -> offers.add((HostOffer) arguments[0]) ? null : null)
                    .get(),
            workers.handlers,
            workers.pool,
            "1.2.3",
            workers.nanos::get,
            false);

    @AfterEach
    void end() {
        workers.end();
    }

    @Test
    void itTellsOnceWhatDoesNotChange() {
        workers.handle("work", context -> Map.of());
        offering.begin();
        later();
        offering.look();
        assertThat(offers)
                .containsExactly(new HostOffer(new Slots(2, 1_000), List.of(handler("work")), false, "1.2.3"));
    }

    @Test
    void aHandlerThatComesOrIsSetAsideIsToldSoonAndNotTooOften() {
        offering.begin();
        workers.handle("work", context -> Map.of());
        offering.look();
        assertThat(offers).hasSize(1);

        later();
        offering.look();
        assertThat(offers.get(1).handlers()).containsExactly(handler("work"));

        workers.quarantine.stuck(Set.of("test 1.0.0"));
        later();
        offering.look();
        assertThat(offers.get(2).handlers()).isEmpty();
    }

    @Test
    void aLittleMoreRoomIsNotWorthAWord() {
        workers.settings = new WorkerSettings(8, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
        offering.begin();
        workers.settings = new WorkerSettings(9, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
        later();
        offering.look();
        assertThat(offers).hasSize(1);

        workers.settings = new WorkerSettings(16, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
        offering.look();
        assertThat(offers).extracting(offer -> offer.slots().threads()).containsExactly(8, 16);
    }

    @Test
    void thatItDrainsIsToldAtOnce() {
        offering.begin();
        offering.drain(true);
        offering.drain(false);
        assertThat(offers).extracting(HostOffer::draining).containsExactly(false, true, false);
    }

    private void later() {
        workers.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
    }

    private static HostHandler handler(String type) {
        return new HostHandler(type, new HandlerName("1.0.0", "test 1.0.0"), Set.of(), null);
    }
}
