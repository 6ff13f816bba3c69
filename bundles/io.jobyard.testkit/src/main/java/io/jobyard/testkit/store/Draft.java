// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Builds a job for a test. Starts as a queued job of type {@code echo} with the defaults. */
public final class Draft {

    /** An hour that Central Europe's clocks skip, and all six digits of a second. */
    public static final Instant T0 = Instant.parse("2026-03-29T02:30:00.123456Z");

    private static final AtomicLong IDS = new AtomicLong(T0.toEpochMilli() << 12);

    private JobId id = id();
    private String submitter = "ada";
    private String type = "echo";
    private @Nullable String queue;
    private int priority = 5;
    private @Nullable String key;
    private @Nullable Instant keyUntil;
    private @Nullable String handlerVersion;
    private String payload = "{}";
    private List<JobId> dependencies = List.of();
    private List<JobId> edges = List.of();
    private Map<JobId, DependencyPolicy> policies = Map.of();
    private Instant readyAt = T0;
    private @Nullable Instant dueAt;
    private int losses;
    private Instant createdAt = T0;
    private List<String> limits = List.of();
    private Map<String, Double> estimate = Map.of();
    private @Nullable Fire fire;
    private @Nullable String group;
    private @Nullable String endsGroup;
    private Map<String, String> labels = Map.of("team", "søk", "quote", "\"{}\\");

    private Draft() {}

    /** Begins. */
    public static Draft job() {
        return new Draft();
    }

    /** Returns the next id: a UUID of version 7, larger than all before. */
    public static JobId id() {
        long count = IDS.getAndIncrement();
        long high = (count >>> 12) << 16 | 0x7000 | count & 0xfff;
        return new JobId(new UUID(high, Long.MIN_VALUE | UUID.randomUUID().getLeastSignificantBits()));
    }

    public Draft id(JobId value) {
        id = value;
        return this;
    }

    public Draft submitter(String value) {
        submitter = value;
        return this;
    }

    public Draft type(String value) {
        type = value;
        return this;
    }

    public Draft queue(String value) {
        queue = value;
        return this;
    }

    public Draft priority(int value) {
        priority = value;
        return this;
    }

    public Draft key(String value) {
        key = value;
        return this;
    }

    public Draft keyUntil(Instant value) {
        keyUntil = value;
        return this;
    }

    public Draft handlerVersion(String value) {
        handlerVersion = value;
        return this;
    }

    public Draft payload(String value) {
        payload = value;
        return this;
    }

    public Draft readyAt(Instant value) {
        readyAt = value;
        return this;
    }

    public Draft createdAt(Instant value) {
        createdAt = value;
        return this;
    }

    /** Makes it wait for time. */
    public Draft dueAt(Instant value) {
        dueAt = value;
        return this;
    }

    /** Sets how often the host of the job was lost. */
    public Draft losses(int value) {
        losses = value;
        return this;
    }

    public Draft limits(String... names) {
        limits = List.of(names);
        return this;
    }

    public Draft estimate(Map<String, Double> value) {
        estimate = value;
        return this;
    }

    public Draft labels(Map<String, String> value) {
        labels = Map.copyOf(value);
        return this;
    }

    /** Makes the job the job of a scheduled time. */
    public Draft fire(String schedule, Instant at) {
        fire = new Fire(schedule, at);
        return this;
    }

    public Draft group(String value) {
        group = value;
        return this;
    }

    /** Makes the job the end job of a group; {@link #after} sets the jobs of the group. */
    public Draft endsGroup(String value) {
        endsGroup = value;
        return this;
    }

    /** Makes it wait for jobs. */
    public Draft after(JobId... parents) {
        dependencies = List.of(parents);
        edges = dependencies;
        return this;
    }

    /** Sets separate policies for some of the dependencies. */
    public Draft policies(Map<JobId, DependencyPolicy> value) {
        policies = value;
        return this;
    }

    /** Sets the dependencies, which are all known to be completed. */
    public Draft afterCompleted(JobId... parents) {
        dependencies = List.of(parents);
        return this;
    }

    /** Returns the job in the form in which an admission stores it. */
    public AdmittedJob admitted() {
        boolean waits = !edges.isEmpty() || dueAt != null;
        JobStatus status = waits ? JobStatus.WAITING : JobStatus.QUEUED;
        Reason reason = edges.isEmpty() ? dueAt == null ? null : Reason.TIME : Reason.DEPENDENCIES;
        JobState state = new JobState(status, reason, T0, null, null, JobState.RunState.NONE);
        SchedulingState books =
                new SchedulingState(1, edges.size(), losses, false, null, waits ? null : readyAt, dueAt);
        HistoryEvent event = new HistoryEvent(
                T0, submitter, null, status, reason, new HistoryEvent.HistoryRun(null, 0, 0, null), "submitted");
        StoredJob stored = new StoredJob(new Job(id, submitter, createdAt, terms(), state), books);
        return new AdmittedJob(stored, payload, dependencies, new LinkedHashSet<>(edges), event);
    }

    /** Lane of the job when it is ready. */
    public LaneKey lane() {
        return new LaneKey(
                queue,
                priority,
                submitter,
                type,
                handlerVersion,
                limits,
                !estimate.isEmpty(),
                losses >= SchedulingState.SUSPECT_LOSSES);
    }

    private JobTerms terms() {
        return new JobTerms(
                type,
                new JobTerms.RoutingTerms(queue, priority, handlerVersion),
                new JobTerms.RunRules(Duration.ofMillis(1500), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.CANCEL, policies),
                new JobTerms.JobTimes(dueAt, T0.plusSeconds(86_400), T0.plusSeconds(90_000)),
                new JobTerms.Identity(key, keyUntil, labels, fire, group, endsGroup),
                new JobTerms.JobDemand(limits, estimate));
    }
}
