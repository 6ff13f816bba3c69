// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.doubles.FakeJobContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TotalTest {

    private final FakeJobContext context = new FakeJobContext(Map.of());

    @Test
    void addsUpNumbersKeyByKey() {
        dependency(Map.of("tokens", 100, "chunks", 3));
        dependency(Map.of("tokens", 23, "chunks", 1L));

        assertThat(new Total().handle(context))
                .isEqualTo(Map.of("tokens", new BigDecimal(123), "chunks", new BigDecimal(4), "jobs", 2));
    }

    @Test
    void leavesOutWhatIsNoNumber() {
        dependency(Map.of("text", "12", "list", List.of(1), "map", Map.of("tokens", 1), "flag", true, "tokens", 7));

        assertThat(new Total().handle(context)).isEqualTo(Map.of("tokens", new BigDecimal(7), "jobs", 1));
    }

    @Test
    void addsExactly() {
        dependency(Map.of("cost", 0.1, "big", Long.MAX_VALUE));
        dependency(Map.of("cost", 0.2, "big", Long.MAX_VALUE));

        assertThat(new Total().handle(context))
                .containsEntry("cost", new BigDecimal("0.3"))
                .containsEntry("big", new BigDecimal("18446744073709551614"));
    }

    @Test
    void givesAFractionAsItsResultCanHaveIt() {
        dependency(Map.of("cost", 1.3142800000000001));
        dependency(Map.of("cost", 0.000000000000000004));

        assertThat(new Total().handle(context)).containsEntry("cost", BigDecimal.valueOf(1.3142800000000001));
    }

    @Test
    void isZeroJobsWithoutDependencies() {
        assertThat(new Total().handle(context)).isEqualTo(Map.of("jobs", 0));
    }

    private void dependency(Map<String, Object> result) {
        context.dependencyResults.put(new JobId(UUID.randomUUID()), result);
    }
}
