// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.JobId;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Passes on what the scheduler asks of the lanes, and shows the model each answer. */
final class WatchedQueue implements QueueManager {

    private final QueueManager lanes;
    private final OrderModel model;

    WatchedQueue(QueueManager lanes, OrderModel model) {
        this.lanes = lanes;
        this.model = model;
    }

    @Override
    public List<Assignment> claim(IntSupplier room, Duration timeout, StartRule rule) throws InterruptedException {
        int max = room.getAsInt();
        model.claims(max);
        try {
            List<Assignment> runs = lanes.claim(() -> max, timeout, rule);
            model.claimed(true);
            return runs;
        } catch (RuntimeException e) {
            model.claimed(false);
            throw e;
        }
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        lanes.reserve(submitter, jobs);
    }

    @Override
    public void requireDefinable(LimitDefinition definition) {
        lanes.requireDefinable(definition);
    }

    @Override
    public void requireRoom(String submitter) {
        lanes.requireRoom(submitter);
    }

    @Override
    public List<Blocker> foresee(StoredJob job) {
        return lanes.foresee(job);
    }

    @Override
    public void unreserve(Collection<JobId> jobs) {
        lanes.unreserve(jobs);
    }

    @Override
    public int ahead(LaneKey lane) {
        return lanes.ahead(lane);
    }

    @Override
    public void begun(JobId id) {
        lanes.begun(id);
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        lanes.used(id, unit, amount);
    }

    @Override
    public boolean beginCall(JobId id, long number, Map<String, Double> estimate) {
        return lanes.beginCall(id, number, estimate);
    }

    @Override
    public void endCall(JobId id, long number) {
        lanes.endCall(id, number);
    }

    @Override
    public int callsAtOnce(JobId id, List<Map<String, Double>> calls) {
        return lanes.callsAtOnce(id, calls);
    }

    @Override
    public void remaining(JobId id, String unit, double left, Instant until) {
        lanes.remaining(id, unit, left, until);
    }

    @Override
    public boolean isBudgetLow(JobId id, String unit) {
        return lanes.isBudgetLow(id, unit);
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        return lanes.rateLimited(id, until);
    }

    @Override
    public List<QueueStatus> queues() {
        return lanes.queues();
    }

    @Override
    public List<Pause> pauses() {
        return lanes.pauses();
    }

    @Override
    public List<CanaryStatus> canaries() {
        return lanes.canaries();
    }

    @Override
    public boolean isRolledBack(String type) {
        return lanes.isRolledBack(type);
    }

    @Override
    public boolean hasRolledBack(String type) {
        return lanes.hasRolledBack(type);
    }

    @Override
    public List<LimitStatus> limits(Predicate<String> isShown) {
        return lanes.limits(isShown);
    }

    @Override
    public Set<LaneKey> lanesWithValues() {
        return lanes.lanesWithValues();
    }

    @Override
    public Map<String, String> limitKeys() {
        return lanes.limitKeys();
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return lanes.route(asked, type);
    }

    @Override
    public Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named) {
        return lanes.limitKeys(type, handlerVersion, named);
    }

    @Override
    public void wake() {
        lanes.wake();
    }

    @Override
    public int priorityLevels() {
        return lanes.priorityLevels();
    }

    @Override
    public int defaultLevel() {
        return lanes.defaultLevel();
    }

    @Override
    public List<LaneView> lanes() {
        return lanes.lanes();
    }

    @Override
    public Map<String, Long> queuedByType() {
        return lanes.queuedByType();
    }

    @Override
    public Optional<LaneView> oldestOpen() {
        return lanes.oldestOpen();
    }

    @Override
    public List<ClaimCandidate> upcoming(int limit) {
        return lanes.upcoming(limit);
    }

    @Override
    public Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo) {
        return lanes.lane(lane, upTo);
    }
}
