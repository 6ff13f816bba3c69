// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogEvent.BacklogChange;
import io.jobyard.api.BacklogEvent.Measure;
import io.jobyard.api.Finding;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.Remedy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Comparison of the ready jobs with the configured bounds. Every host does this, so a new leader repeats no alert. */
final class BacklogAlert {

    /** Percentage below its bound at which an alert ends, so that a value that varies around the bound is reported once. */
    private static final int HYSTERESIS_PERCENT = 20;
    /** Key of the alert for all queues together. */
    private static final String ALL = "";

    private record Guarded(String queue, Measure measure) {}

    private record Passed(Instant since, long value, long max) {}

    private record BacklogValue(long ready, @Nullable Duration oldest) {

        long of(Measure measure) {
            return measure == Measure.READY ? ready : oldest == null ? 0 : oldest.toSeconds();
        }

        static BacklogValue sum(BacklogValue one, BacklogValue other) {
            Duration oldest = one.oldest;
            boolean isOlder = oldest == null || other.oldest != null && other.oldest.compareTo(oldest) > 0;
            return new BacklogValue(one.ready + other.ready, isOlder ? other.oldest : oldest);
        }
    }

    private final Supplier<QueueSettings> settings;
    private final Supplier<LimitCatalog> catalog;
    private final Supplier<List<QueueStatus>> queues;
    private final Clock clock;
    private final BooleanSupplier isLeader;
    private final Consumer<BacklogEvent> told;
    private final Map<Guarded, Passed> passed =
            new TreeMap<>(Comparator.comparing(Guarded::queue).thenComparing(Guarded::measure));

    BacklogAlert(
            Supplier<QueueSettings> settings,
            Supplier<LimitCatalog> catalog,
            Supplier<List<QueueStatus>> queues,
            Clock clock,
            BooleanSupplier isLeader,
            Consumer<BacklogEvent> told) {
        this.settings = settings;
        this.catalog = catalog;
        this.queues = queues;
        this.clock = clock;
        this.isLeader = isLeader;
        this.told = told;
    }

    /** Checks the backlog. Only the leader reports changes since the last check. */
    void look() {
        List<BacklogEvent> events = follow();
        if (!events.isEmpty() && isLeader.getAsBoolean()) {
            events.forEach(told);
        }
    }

    private synchronized List<BacklogEvent> follow() {
        Map<Guarded, Integer> bounds = bounds();
        if (bounds.isEmpty() && passed.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Map<String, BacklogValue> values = values();
        List<BacklogEvent> events = new ArrayList<>();
        passed.keySet().forEach(guarded -> bounds.putIfAbsent(guarded, 0));
        bounds.forEach((guarded, max) -> {
            BacklogValue value = values.getOrDefault(guarded.queue(), new BacklogValue(0, null));
            BacklogChange kind = follow(guarded, value.of(guarded.measure()), max, now);
            if (kind != null) {
                String queue = guarded.queue().equals(ALL) ? null : guarded.queue();
                events.add(new BacklogEvent(kind, queue, guarded.measure(), value.of(guarded.measure()), max, now));
            }
        });
        return events;
    }

    private @Nullable BacklogChange follow(Guarded guarded, long value, int max, Instant now) {
        Passed before = passed.get(guarded);
        long enough = before == null ? max : (long) max * (100 - HYSTERESIS_PERCENT) / 100;
        if (max > 0 && value > enough) {
            passed.put(guarded, new Passed(before == null ? now : before.since(), value, max));
            return before == null ? BacklogChange.PASSED : null;
        }
        passed.remove(guarded);
        return before == null ? null : BacklogChange.OVER;
    }

    private Map<Guarded, Integer> bounds() {
        Map<Guarded, Integer> bounds = new HashMap<>();
        put(ALL, settings.get().guard(), bounds);
        catalog.get().queues().forEach((queue, configured) -> put(queue, configured.guard(), bounds));
        return bounds;
    }

    private static void put(String queue, BacklogBounds guard, Map<Guarded, Integer> bounds) {
        for (Measure measure : Measure.values()) {
            if (guard.of(measure) > 0) {
                bounds.put(new Guarded(queue, measure), guard.of(measure));
            }
        }
    }

    private Map<String, BacklogValue> values() {
        Map<String, BacklogValue> values = new HashMap<>();
        for (QueueStatus queue : queues.get()) {
            BacklogValue value =
                    new BacklogValue(queue.jobs().queued(), queue.jobs().oldestReady());
            values.put(queue.name(), value);
            values.merge(ALL, value, BacklogValue::sum);
        }
        return values;
    }

    /** Returns the bounds that were exceeded at the last check. */
    synchronized List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        passed.forEach((guarded, is) -> findings.add(finding(guarded, is)));
        return findings;
    }

    private static Finding finding(Guarded guarded, Passed is) {
        String queue = guarded.queue();
        String where = queue.equals(ALL) ? "" : "in queue " + queue + " ";
        String what = guarded.measure() == Measure.READY
                ? is.value() + " jobs are ready"
                : "a job has been ready for " + is.value() + " s";
        String file = queue.equals(ALL) ? QueueSettings.PID : NamedQueueSettings.FACTORY + "-" + queue;
        Finding finding = new Finding(
                        Finding.BACKLOG,
                        where + what + ", and " + guarded.measure().key() + " = " + is.max()
                                + " has been exceeded since " + is.since(),
                        "check what blocks the jobs; the alert is configured in etc/" + file + ".cfg"
                                + (queue.equals(ALL) ? "" : "; a queue may also be configured at run time"))
                .with(Remedy.RemedyKind.PENDING_JOBS.any(), Remedy.RemedyKind.EXPLAIN_JOB.any());
        return queue.equals(ALL) ? finding : finding.with(Remedy.RemedyKind.SET_QUEUE.of(queue));
    }
}
