// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.GuardEvent;
import io.jobyard.api.LimitEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener fails with an error, as one does whose bundle lacks a class: it harms nobody. */
class FailingListenersTest {

    @Test
    void ofGuardsTheNextIsToldAllTheSame() {
        GuardEvents events = new GuardEvents();
        List<GuardEvent> told = new ArrayList<>();
        events.bind(event -> {
            throw new NoClassDefFoundError("com/acme/Pager");
        });
        events.bind(told::add);
        GuardEvent passed = new GuardEvent(GuardEvent.Kind.PASSED, null, GuardEvent.Measure.READY, 2, 1, Instant.EPOCH);
        events.tell(passed);
        assertThat(told).containsExactly(passed);
    }

    @Test
    void ofSoftLevelsTheNextIsToldAllTheSame() {
        LimitEvents events = new LimitEvents();
        List<LimitEvent> told = new ArrayList<>();
        events.bind(event -> {
            throw new NoClassDefFoundError("com/acme/Pager");
        });
        events.bind(told::add);
        LimitEvent passed = new LimitEvent("limit", "provider", "usd", "9/d soft 80%", 8, Instant.EPOCH, Instant.EPOCH);
        events.tell(passed);
        assertThat(told).containsExactly(passed);
    }
}
