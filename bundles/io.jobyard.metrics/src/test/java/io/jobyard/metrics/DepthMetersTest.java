// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HostQueries;
import io.jobyard.api.JobSample;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampledCount;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepthMetersTest {

    private static final Instant NOW = Instant.parse("2030-01-01T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock(NOW);
    private final List<JobSample> samples = new ArrayList<>();
    private final HostQueries status = Stub.<HostQueries>of(HostQueries.class)
            .on("samples", arguments -> {
                SampleQuery query = (SampleQuery) arguments[0];
                return samples.stream()
                        .filter(sample -> !sample.at().isBefore(query.since())
                                && sample.at().isBefore(query.until()))
                        .toList();
            })
            .get();
    private final DepthMeters meters = new DepthMeters(registry, status, clock);

    /** Creates the gauges of a sample with one count. */
    static void look(MeterRegistry registry, SampledCount count) {
        HostQueries status = Stub.<HostQueries>of(HostQueries.class)
                .on("samples", arguments -> List.of(new JobSample(NOW, List.of(count))))
                .get();
        new DepthMeters(registry, status, new SettableClock(NOW)).look();
    }

    private double value(String status, String queue, String type) {
        return registry.get(DepthMeters.DEPTH)
                .tags("status", status, "queue", queue, "type", type)
                .gauge()
                .value();
    }

    @Test
    void theGaugesHaveTheNumbersOfTheLatestSample() {
        samples.add(new JobSample(NOW.minusSeconds(60), List.of(new SampledCount("default", "echo", 9, 9, 9))));
        samples.add(new JobSample(
                NOW, List.of(new SampledCount("default", "echo", 3, 2, 1), new SampledCount(null, null, 7, 0, 0))));
        meters.look();
        assertThat(value("queued", "default", "echo")).isEqualTo(3);
        assertThat(value("running", "default", "echo")).isEqualTo(2);
        assertThat(value("failed", "default", "echo")).isEqualTo(1);
        assertThat(value("queued", "other", "other")).isEqualTo(7);

        samples.add(new JobSample(NOW.plusSeconds(60), List.of(new SampledCount("default", "echo", 4, 2, 1))));
        clock.set(NOW.plusSeconds(60));
        meters.look();
        assertThat(value("queued", "default", "echo")).isEqualTo(4);
        assertThat(registry.find(DepthMeters.DEPTH).tag("queue", "other").gauges())
                .isEmpty();
    }

    @Test
    void anOldSampleHasNoGauges() {
        samples.add(new JobSample(NOW, List.of(new SampledCount("default", "echo", 3, 2, 1))));
        meters.look();
        clock.set(NOW.plusSeconds(181));
        meters.look();
        assertThat(registry.find(DepthMeters.DEPTH).gauges()).isEmpty();
    }
}
