// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.text.Glob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Read-only view of queues and limits. It uses the same rules as the decisions. */
final class LimitOverview implements QueueQueries {

    private final Lanes lanes;
    private final Allowances allowances;
    private final GateRules rules;

    LimitOverview(Lanes lanes) {
        this.lanes = lanes;
        allowances = lanes.allowances;
        rules = lanes.rules;
    }

    @Override
    public List<Pause> pauses() {
        return lanes.ask(() -> lanes.pauses.all().stream()
                .filter(pause -> pause.until() == null || EpochNanos.of(pause.until()) > rules.now())
                .sorted(Comparator.comparing(pause -> pause.target().text()))
                .toList());
    }

    @Override
    public List<QueueStatus> queues() {
        return lanes.ask(this::allQueues);
    }

    private List<QueueStatus> allQueues() {
        allowances.queue(Job.DEFAULT_QUEUE, rules.now());
        Map<NamedQueue, Long> queued = new HashMap<>();
        Map<NamedQueue, Instant> oldest = new HashMap<>();
        lanes.order.groups().forEach(group -> {
            queued.merge(group.queue(), group.queued(), Long::sum);
            Instant first = group.oldest();
            if (first != null) {
                oldest.merge(group.queue(), first, (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return allowances.queues().stream()
                .map(queue -> status(queue, queued.getOrDefault(queue, 0L), oldest.get(queue)))
                .filter(this::isWorthShowing)
                .toList();
    }

    private boolean isWorthShowing(QueueStatus queue) {
        return queue.name().equals(Job.DEFAULT_QUEUE)
                || queue.bounds().source() != null
                || queue.jobs().queued() > 0
                || queue.jobs().running() > 0
                || queue.pause() != null;
    }

    private QueueStatus status(NamedQueue queue, long queued, @Nullable Instant oldest) {
        List<Blocker> shutBy = new ArrayList<>(queue.pausedBy(rules.now()));
        shutBy.addAll(queue.allows.shutBy(Demand.ONE, rules.now()));
        NamedQueueSettings settings = queue.settings();
        Rate rate = settings.rate();
        return new QueueStatus(
                queue.name,
                new QueueStatus.QueueJobs(queued, oldest == null ? null : age(oldest), queue.allows.running()),
                new QueueStatus.QueueBounds(
                        settings.types().stream().map(Glob::text).toList(),
                        queue.allows.most(),
                        rate == null ? null : rate.toString(),
                        allowances.catalog().sourceOfQueue(queue.name)),
                queue.pause(rules.now()),
                shutBy);
    }

    @Override
    public Set<LaneKey> lanesWithValues() {
        Set<LaneKey> all = lanes.ask(() -> Stream.concat(
                        lanes.order.all().stream()
                                .filter(lane -> lane.queued() > 0)
                                .map(lane -> lane.key),
                        lanes.inFlight.lanes())
                .collect(Collectors.toSet()));
        all.removeIf(lane -> NamedLimit.all(lane.limits()).stream().noneMatch(NamedLimit::hasValue));
        return all;
    }

    @Override
    public List<LimitStatus> limits(Predicate<String> isShown) {
        return lanes.ask(() -> {
            Map<Allowance, Long> queued = lanes.groups.queuedByLimit();
            return allowances.limits().stream()
                    .map(limit -> status(limit, queued, isShown))
                    .filter(limit -> limit.source() != null
                            || limit.jobs().running() > 0
                            || limit.jobs().queued() > 0)
                    .toList();
        });
    }

    private LimitStatus status(Allowance limit, Map<Allowance, Long> queued, Predicate<String> isShown) {
        LimitStatus all = apart(limit, queued);
        if (!allowances.catalog().hasValues(limit.name)) {
            return all;
        }
        Collection<? extends Allowance> values = allowances.values(limit.name);
        List<LimitStatus> some = values.stream()
                .filter(value -> isShown.test(value.name))
                .sorted(Comparator.<Allowance>comparingLong(value -> -value.running() - queued.getOrDefault(value, 0L))
                        .thenComparing(value -> value.name))
                .limit(LimitStatus.MOST_VALUES)
                .map(value -> apart(value, queued))
                .toList();
        LimitStatus.LimitJobs own = all.jobs();
        return new LimitStatus(
                all.name(),
                new LimitStatus.LimitJobs(
                        own.queued()
                                + values.stream()
                                        .mapToLong(value -> queued.getOrDefault(value, 0L))
                                        .sum(),
                        own.running()
                                + values.stream().mapToInt(Allowance::running).sum(),
                        own.slots() + values.stream().mapToInt(Allowance::taken).sum()),
                all.runningMax(),
                all.rates(),
                all.shutBy(),
                new LimitStatus.CountedValues(limit.settings().key(), values.size(), some),
                all.source(),
                all.adaptive());
    }

    private LimitStatus apart(Allowance limit, Map<Allowance, Long> queued) {
        AdaptiveBounds adaptive = limit.settings().running().adaptive();
        return new LimitStatus(
                limit.name,
                new LimitStatus.LimitJobs(queued.getOrDefault(limit, 0L), limit.running(), limit.taken()),
                limit.most(),
                limit.buckets.all().stream().map(bucket -> rate(limit, bucket)).toList(),
                shutBy(limit),
                LimitStatus.CountedValues.NONE,
                allowances.catalog().sourceOfLimit(limit.name),
                adaptive == null ? null : adaptive.range());
    }

    /** Returns the blockers of a job that has not started. */
    private List<Blocker> shutBy(Allowance limit) {
        StrictOrder order = limit instanceof NamedLimitAllowance named ? named.order() : null;
        Stream<Blocker> ofOrder = order == null ? Stream.empty() : order.shutBy(Demand.USUAL, rules.now()).stream();
        return Stream.concat(limit.shutBy(Demand.USUAL, rules.now()).stream(), ofOrder)
                .toList();
    }

    private LimitStatus.RateStatus rate(Allowance limit, Bucket bucket) {
        Rate rate = bucket.rate();
        return new LimitStatus.RateStatus(
                bucket.unit,
                rate.pace(),
                rate.burst(),
                bucket.level(rules.now()),
                bucket.fullAt() <= rules.now() ? null : EpochNanos.instant(bucket.fullAt()),
                rate.warningPercent(),
                bucket.warningPassed(limit.kind, limit.name, rules.now()) != null);
    }

    /** Returns the time since a job became ready; zero if that is in the future, because the clock was set back. */
    private Duration age(Instant ready) {
        Duration age = Duration.between(ready, EpochNanos.instant(rules.now()));
        return age.isNegative() ? Duration.ZERO : age;
    }
}
