// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spring.boot.ProcessedEvents.Arrival;
import org.junit.jupiter.api.Test;

class ProcessedEventsTest {

    private final ProcessedEvents events = new ProcessedEvents();

    @Test
    void theOldestEventIsForgotten() {
        for (int i = 0; i <= ProcessedEvents.MOST; i++) {
            assertThat(events.begin("evt_" + i)).isEqualTo(Arrival.FIRST);
            events.end("evt_" + i, true);
        }
        assertThat(events.begin("evt_1")).isEqualTo(Arrival.PROCESSED);
        assertThat(events.begin("evt_0")).isEqualTo(Arrival.FIRST);
        assertThat(events.begin("evt_0")).isEqualTo(Arrival.IN_PROGRESS);
        events.end("evt_0", false);
        assertThat(events.begin("evt_0")).isEqualTo(Arrival.FIRST);
    }
}
