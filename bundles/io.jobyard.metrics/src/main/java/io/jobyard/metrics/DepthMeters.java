// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.HostQueries;
import io.jobyard.api.JobSample;
import io.jobyard.api.JobStatus;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The numbers of jobs in the latest sample, by status, queue and type. One thread updates them; others read them. */
final class DepthMeters {

    static final String DEPTH = JobMeters.PREFIX + "jobs.depth";

    /** The age at which a sample no longer counts, because no host has been the leader since. */
    private static final Duration LATEST = Duration.ofMinutes(3);

    private final MultiGauge depth;
    private final HostQueries status;
    private final Clock clock;
    private volatile Map<Tags, Double> latest = Map.of();

    DepthMeters(MeterRegistry registry, HostQueries status, Clock clock) {
        depth = MultiGauge.builder(DEPTH).register(registry);
        this.status = status;
        this.clock = clock;
    }

    /** Reads the latest sample. */
    void look() {
        Instant now = clock.instant();
        List<JobSample> samples =
                status.samples(new SampleQuery(SampleStep.MINUTE, now.minus(LATEST), now.plusSeconds(1), null, null));
        Map<Tags, Double> depths = new HashMap<>();
        if (!samples.isEmpty()) {
            samples.get(samples.size() - 1).counts().forEach(count -> add(depths, count));
        }
        latest = depths;
        depth.register(depths.keySet().stream()
                .map(tags -> Row.of(tags, () -> latest.getOrDefault(tags, Double.NaN)))
                .toList());
    }

    private static void add(Map<Tags, Double> depths, SampledCount count) {
        Tags kind = Tags.of("queue", name(count.queue()), "type", name(count.type()));
        depths.put(kind.and("status", JobStatus.QUEUED.text()), (double) count.queued());
        depths.put(kind.and("status", JobStatus.RUNNING.text()), (double) count.running());
        depths.put(kind.and("status", JobStatus.FAILED.text()), (double) count.failed());
    }

    private static String name(@Nullable String name) {
        return Objects.requireNonNullElse(name, JobMeters.OTHER);
    }
}
