// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Job;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The order of starts without aging, said again in the plainest way: everything in memory, every question a scan. */
final class LaneOrderModel {

    private record Position(int level, String submitter) {}

    /** A submitter's turn: its number, whether it comes from away, and when it got it. */
    private record Turn(long number, boolean served, long since) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Comparator.comparingLong(Turn::number)
                    .thenComparing(Turn::served)
                    .thenComparingLong(Turn::since)
                    .compare(this, other);
        }
    }

    private final Map<LaneKey, TreeSet<ReadyJob>> ready = new LinkedHashMap<>();
    private final Map<LaneKey, Set<ReadyJob>> taken = new HashMap<>();
    private final Map<Position, Turn> present = new HashMap<>();
    private final Map<Position, Long> away = new HashMap<>();
    private final Map<Integer, Long> virtual = new HashMap<>();
    private long counter;

    void opened(List<LaneCount> lanes, Map<LaneKey, List<ReadyJob>> jobs) {
        ready.clear();
        taken.clear();
        present.clear();
        away.clear();
        virtual.clear();
        lanes.forEach(lane -> jobs.get(lane.lane()).forEach(job -> arrive(lane.lane(), job)));
    }

    void arrive(LaneKey lane, ReadyJob job) {
        ready.computeIfAbsent(lane, key -> new TreeSet<>()).add(job);
        Position position = position(lane);
        if (!present.containsKey(position)) {
            long now = virtual.getOrDefault(position.level(), 0L);
            Long last = away.remove(position);
            boolean served = last != null && last > now;
            present.put(position, new Turn(served ? last : now, served, ++counter));
        }
    }

    /** The job is queued no more. */
    void leave(LaneKey lane, ReadyJob job) {
        ready.getOrDefault(lane, new TreeSet<>()).remove(job);
        taken.getOrDefault(lane, new HashSet<>()).remove(job);
        Position position = position(lane);
        boolean holdsMore = ready.entrySet().stream()
                        .anyMatch(e -> position(e.getKey()).equals(position)
                                && !e.getValue().isEmpty())
                || taken.entrySet().stream()
                        .anyMatch(e -> position(e.getKey()).equals(position)
                                && !e.getValue().isEmpty());
        Turn turn = present.get(position);
        if (!holdsMore && turn != null) {
            present.remove(position);
            away.put(position, turn.number());
        }
    }

    void putBack(ClaimCandidate job) {
        if (taken.getOrDefault(job.lane(), new HashSet<>()).remove(job.position())) {
            ready.get(job.lane()).add(job.position());
        }
    }

    Optional<ClaimCandidate> take(Predicate<LaneKey> open) {
        List<LaneKey> lanes = new ArrayList<>();
        ready.forEach((lane, jobs) -> {
            if (!jobs.isEmpty() && open.test(lane)) {
                lanes.add(lane);
            }
        });
        Optional<LaneKey> next = lanes.stream()
                .min(Comparator.comparing(LaneKey::priority)
                        .thenComparing(lane -> present.get(position(lane)))
                        .thenComparing(lane -> ready.get(lane).first()));
        return next.map(lane -> {
            ReadyJob job = ready.get(lane).pollFirst();
            taken.computeIfAbsent(lane, key -> new HashSet<>()).add(job);
            Position position = position(lane);
            long now = Math.max(
                    virtual.getOrDefault(position.level(), 0L),
                    present.get(position).number());
            virtual.put(position.level(), now);
            present.put(position, new Turn(now + 1, true, ++counter));
            return new ClaimCandidate(lane, job, lane.queue() == null ? Job.DEFAULT_QUEUE : lane.queue());
        });
    }

    private static Position position(LaneKey lane) {
        return new Position(lane.priority(), lane.submitter());
    }
}
