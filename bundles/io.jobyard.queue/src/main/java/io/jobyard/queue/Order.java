// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.LaneKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of starts: the best level that has an open lane, there the submitter whose turn it is, of its lanes the one
 * with the oldest head; and a share of the starts for the lane that has waited longest. Guarded by the lock of
 * {@link Lanes}.
 */
final class Order {

    /** A lane that is next, and whether it is so for its age. */
    record Choice(Lane lane, boolean aged) {}

    private static final int ONE_START = 100;

    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private final TreeMap<Integer, Level> levels = new TreeMap<>();
    private final Supplier<QueueSettings> settings;
    private final Gates gates;
    private QueueSettings applied;
    private int agedCredit;

    Order(Supplier<QueueSettings> settings, Gates gates) {
        this.settings = settings;
        this.gates = gates;
        this.applied = settings.get();
    }

    void clear() {
        lanes.clear();
        levels.clear();
    }

    Collection<Lane> all() {
        return Collections.unmodifiableCollection(lanes.values());
    }

    @Nullable
    Lane find(LaneKey key) {
        return lanes.get(key);
    }

    Lane lane(LaneKey key) {
        Lane lane = lanes.get(key);
        if (lane == null) {
            lane = new Lane(key);
            lanes.put(key, lane);
            place(lane);
        }
        return lane;
    }

    void dropIfEmpty(Lane lane) {
        if (lane.isEmpty() && lanes.remove(lane.key, lane)) {
            lane.submitter().level.remove(lane);
        }
    }

    @Nullable
    Choice next(Instant now) {
        follow(settings.get());
        if (applied.agingSeconds() > 0 && agedCredit >= ONE_START) {
            Lane aged = aged(now.minusSeconds(applied.agingSeconds()));
            if (aged != null) {
                return new Choice(aged, true);
            }
        }
        for (Level level : levels.values()) {
            Lane lane = level.next(this::mayStart);
            if (lane != null) {
                return new Choice(lane, false);
            }
        }
        return null;
    }

    void served(Choice choice) {
        agedCredit = Math.min(ONE_START, agedCredit + applied.agingSharePercent());
        if (choice.aged()) {
            agedCredit -= ONE_START;
        }
        Submitter submitter = choice.lane().submitter();
        submitter.level.served(submitter);
    }

    private @Nullable Lane aged(Instant before) {
        return lanes.values().stream()
                .filter(lane -> lane.hasNext() && lane.headReadyAt().isBefore(before))
                .filter(this::mayStart)
                .min(Comparator.comparing(Lane::headReadyAt))
                .orElse(null);
    }

    private boolean mayStart(Lane lane) {
        return lane.hasNext() && gates.open(lane.key);
    }

    private void follow(QueueSettings current) {
        boolean relevel = current.levels() != applied.levels();
        applied = current;
        if (relevel) {
            levels.clear();
            List.copyOf(lanes.values()).forEach(this::place);
        }
    }

    private void place(Lane lane) {
        levels.computeIfAbsent(applied.clamp(lane.key.priority()), number -> new Level())
                .add(lane);
    }
}
