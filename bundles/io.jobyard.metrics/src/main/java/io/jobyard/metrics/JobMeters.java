// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Counters and timers fed by the store's commits. Confined to the thread that receives them. */
final class JobMeters {

    static final String PREFIX = "jobyard.";
    static final String SUBMITTED = PREFIX + "jobs.submitted";
    static final String ENDED = PREFIX + "jobs.ended";
    static final String REMOVED = PREFIX + "jobs.removed";
    static final String WAIT = PREFIX + "run.wait";
    static final String RUN = PREFIX + "run.time";
    static final String COMMIT_SIZE = PREFIX + "commit.changes";
    static final String COMMIT_LAG = PREFIX + "commit.lag";
    /**
     * Maximum number of job types with their own meters. Submitters choose types, so further types share one meter to
     * bound memory.
     */
    static final int KINDS = 1_000;

    static final String OTHER = "other";

    private record MeterTags(String name, String type, String queue, String outcome) {

        Tags tags() {
            Tags tags = Tags.of("type", type, "queue", queue);
            return outcome.isEmpty() ? tags : tags.and("outcome", outcome);
        }
    }

    private final MeterRegistry registry;
    private final Clock clock;
    private final BiFunction<@Nullable String, String, String> route;
    private final DistributionSummary size;
    private final Timer lag;
    private final Map<MeterTags, Counter> counters = new HashMap<>();
    private final Map<MeterTags, Timer> timers = new HashMap<>();

    JobMeters(MeterRegistry registry, Clock clock, BiFunction<@Nullable String, String, String> route) {
        this.registry = registry;
        this.clock = clock;
        this.route = route;
        size = registry.summary(COMMIT_SIZE);
        lag = registry.timer(COMMIT_LAG);
    }

    /** Counts only the commits of this host, so that scrapes of all hosts add up. */
    void committed(List<Committed> all) {
        List<Committed> changes =
                all.stream().filter(change -> !change.elsewhere()).toList();
        if (changes.isEmpty()) {
            return;
        }
        size.record(changes.size());
        Instant now = clock.instant();
        for (Committed change : changes) {
            if (change.event() != null) {
                lag.record(positive(change.event().change().at(), now));
            }
            count(change.before(), change.after());
        }
    }

    void removed(List<? extends JobSummary> jobs) {
        jobs.forEach(job -> counter(REMOVED, job, job.status().text()).increment());
    }

    private void count(@Nullable JobSummary before, JobSummary after) {
        JobStatus to = after.status();
        JobStatus from = before == null ? null : before.status();
        if (before == null) {
            counter(SUBMITTED, after, "").increment();
        }
        if (from == to) {
            return;
        }
        if (from == JobStatus.QUEUED && to == JobStatus.RUNNING && before != null) {
            timer(WAIT, after, "").record(positive(before.readyAt(), after.changedAt()));
        }
        if (from == JobStatus.RUNNING) {
            timer(RUN, after, outcome(after)).record(positive(after.startedAt(), after.changedAt()));
        }
        if (to.isFinished()) {
            counter(ENDED, after, to.text()).increment();
        }
    }

    /** Returns the outcome of a run: the job's status, or the reason why the job continues. */
    private static String outcome(JobSummary state) {
        return state.status().isFinished() || state.reason() == null
                ? state.status().text()
                : state.reason().text();
    }

    private Counter counter(String name, JobSummary job, String outcome) {
        MeterTags kind = kind(name, job, outcome);
        return counters.computeIfAbsent(kind, one -> registry.counter(one.name(), one.tags()));
    }

    private Timer timer(String name, JobSummary job, String outcome) {
        MeterTags kind = kind(name, job, outcome);
        return timers.computeIfAbsent(kind, one -> registry.timer(one.name(), one.tags()));
    }

    private MeterTags kind(String name, JobSummary job, String outcome) {
        String type = job.lane().type();
        MeterTags kind = new MeterTags(name, type, route.apply(job.lane().queue(), type), outcome);
        boolean known = counters.containsKey(kind) || timers.containsKey(kind);
        return known || counters.size() + timers.size() < KINDS ? kind : new MeterTags(name, OTHER, OTHER, outcome);
    }

    private static Duration positive(@Nullable Instant from, Instant to) {
        return from == null || from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    }
}
