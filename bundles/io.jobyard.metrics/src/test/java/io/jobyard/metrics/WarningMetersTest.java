// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.LimitEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WarningMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WarningMeters meters = new WarningMeters(registry);

    @Test
    void theValuesOfALimitAreCountedTogether() {
        pass("tenants=acme");
        pass("tenants=beta");
        pass("openai");
        assertThat(passed("tenants")).isEqualTo(2);
        assertThat(passed("openai")).isEqualTo(1);
    }

    @Test
    void manyNamesMakeNoManyMeters() {
        for (int n = 0; n <= JobMeters.KINDS; n++) {
            pass("n" + n);
        }
        assertThat(passed(JobMeters.OTHER)).isEqualTo(1);
    }

    private void pass(String name) {
        meters.passed(new LimitEvent("limit", name, "usd", "10/d warn 80%", 8, Instant.EPOCH, Instant.EPOCH));
    }

    private double passed(String name) {
        return registry.get(WarningMeters.PASSED)
                .tags("kind", "limit", "name", name, "unit", "usd")
                .counter()
                .count();
    }
}
