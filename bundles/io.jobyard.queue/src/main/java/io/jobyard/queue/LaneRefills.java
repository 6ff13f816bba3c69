// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads further jobs of lanes whose next jobs are only in the store, without holding the lock. Determines how many jobs of each lane are in
 * memory.
 */
final class LaneRefills {

    private static final int SMALLEST_WINDOW = 2;
    /** Minimum number of jobs per read, however many lanes there are. */
    private static final int SMALLEST_REFILL = 16;
    /** Lanes up to this size are read together: extra rows cost less than a query for each lane. */
    private static final int READ_WHOLE = 128;

    private static final int ALL_WINDOWS = 100_000;

    private final QueueLock lock;
    private final StartOrder order;
    private final LaneReader reader;
    private final int window;

    LaneRefills(QueueLock lock, StartOrder order, LaneReader reader, int window) {
        this.lock = lock;
        this.order = order;
        this.reader = reader;
        this.window = window;
    }

    /** Returns the maximum number of jobs of each lane in memory. Requires the lock. */
    int windowLimit() {
        return Math.max(
                Math.min(SMALLEST_WINDOW, window),
                Math.min(window, ALL_WINDOWS / Math.max(1, order.all().size())));
    }

    private int refillLimit() {
        return Math.min(window, Math.max(SMALLEST_REFILL, windowLimit()));
    }

    /** Reads the first jobs of a lane if they are only in the store, because the estimate of the first job may block the lane. */
    void readHead(LaneKey key) {
        lock.run(() -> {
            Lane lane = order.find(key);
            if (lane != null && isUnread(lane)) {
                refill(lane);
            }
        });
    }

    /** Reads the first jobs of each of these lanes. Lanes with few jobs are read together. */
    void readHeads(Collection<LaneKey> keys) {
        lock.run(() -> refill(keys.stream()
                .map(order::find)
                .filter(lane -> lane != null && isUnread(lane) && lane.queued() <= READ_WHOLE)
                .distinct()
                .toList()));
        keys.forEach(this::readHead);
    }

    private static boolean isUnread(Lane lane) {
        return lane.needsRefill() && !lane.isRefilling();
    }

    /** Reads further jobs of a lane. Requires the lock, and releases it while it reads. */
    void refill(Lane lane) {
        int limit = refillLimit();
        ReadyJob after = lane.beginRefill();
        List<ReadyJob> read = null;
        try {
            read = lock.without(() -> reader.read(lane.key, after, limit));
        } finally {
            end(lane, read, limit);
        }
    }

    private void refill(List<Lane> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        int limit = refillLimit();
        Map<LaneKey, ReadyJob> after = new HashMap<>();
        lanes.forEach(lane -> after.put(lane.key, Objects.requireNonNull(lane.beginRefill())));
        Map<LaneKey, List<ReadyJob>> read = null;
        try {
            read = lock.without(() -> reader.read(after));
        } finally {
            for (Lane lane : lanes) {
                List<ReadyJob> all = read == null ? null : read.getOrDefault(lane.key, List.of());
                end(lane, all == null || all.size() <= limit ? all : all.subList(0, limit), limit);
            }
        }
    }

    /** Ends a refill and wakes the threads that wait for the lane. */
    private void end(Lane lane, @Nullable List<ReadyJob> read, int limit) {
        if (read == null) {
            lane.abandonRefill();
        } else {
            lane.endRefill(read, read.size() == limit);
            order.dropIfEmpty(lane);
        }
        lock.changed();
    }
}
