// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogEvent.BacklogChange;
import io.jobyard.api.BacklogEvent.Measure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BacklogMeters meters = new BacklogMeters(registry);

    private void seen(BacklogChange kind, @Nullable String queue, Measure measure) {
        meters.seen(new BacklogEvent(kind, queue, measure, 2, 1, Instant.EPOCH));
    }

    private double count(String queue, String measure, String outcome) {
        return registry.get(BacklogMeters.GUARD)
                .tags("queue", queue, "measure", measure, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void guardsAreCountedByQueueAndMeasure() {
        seen(BacklogChange.PASSED, null, Measure.READY);
        seen(BacklogChange.OVER, null, Measure.READY);
        seen(BacklogChange.PASSED, null, Measure.READY);
        seen(BacklogChange.PASSED, "llm", Measure.OLDEST);
        assertThat(count("(all)", "ready", "passed")).isEqualTo(2);
        assertThat(count("(all)", "ready", "over")).isEqualTo(1);
        assertThat(count("llm", "oldest", "passed")).isEqualTo(1);
    }
}
