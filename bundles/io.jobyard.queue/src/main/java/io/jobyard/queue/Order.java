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
    /** Below one start, so that no two aged ones follow each other. */
    private static final int MOST_SAVED = ONE_START - 1;

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
        if (applied.agingSeconds() > 0 && agedCredit + applied.agingSharePercent() >= ONE_START) {
            Lane aged = aged(now.minusSeconds(applied.agingSeconds()));
            if (aged != null) {
                return new Choice(aged, true);
            }
        }
        for (Level level : levels.values()) {
            Lane lane = level.next(candidate -> gates.open(candidate.key));
            if (lane != null) {
                return new Choice(lane, false);
            }
        }
        return null;
    }

    void served(Choice choice) {
        int earned = agedCredit + applied.agingSharePercent();
        agedCredit = choice.aged() ? earned - ONE_START : Math.min(MOST_SAVED, earned);
        Submitter submitter = choice.lane().submitter();
        submitter.level.served(submitter);
    }

    private @Nullable Lane aged(Instant before) {
        return lanes.values().stream()
                .filter(lane -> lane.hasNext() && lane.head().readyAt().isBefore(before))
                .filter(lane -> gates.open(lane.key))
                .min(Comparator.comparing(Lane::head))
                .orElse(null);
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
