// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobId;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A queue whose lanes are what a test says. */
final class FixedLanes implements QueueManager {

    private final List<LaneView> lanes;
    private final List<QueueStatus> queues;
    final List<Taken> upcoming = new ArrayList<>();

    FixedLanes(List<LaneView> lanes, List<QueueStatus> queues) {
        this.lanes = lanes;
        this.queues = queues;
    }

    @Override
    public List<Taken> take(int max, Duration patience) {
        return List.of();
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Collection<JobId> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putBack(List<Taken> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(List<Taken> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Taken> upcoming(int limit) {
        return upcoming.subList(0, Math.min(limit, upcoming.size()));
    }

    @Override
    public Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo) {
        return lanes.stream().filter(view -> view.lane().equals(lane)).findFirst();
    }

    @Override
    public int ahead(LaneKey lane) {
        return 2;
    }

    @Override
    public void begun(JobId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(QueuePause pause, AuditEntry audit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(String queue, AuditEntry audit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QueueStatus> queues() {
        return queues;
    }

    @Override
    public List<LimitStatus> limits() {
        return List.of();
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return asked != null ? asked : type.startsWith("llm") ? "llm" : "default";
    }

    @Override
    public void wake() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int levels() {
        return 10;
    }

    @Override
    public int defaultLevel() {
        return 5;
    }

    @Override
    public List<LaneView> lanes() {
        return lanes;
    }
}
