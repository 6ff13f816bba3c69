// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ready jobs in the order in which they would start if every gate were open and no further job arrived, regardless of age. Simulates the
 * turns of a priority on copies. Guarded by the lock of {@link Lanes}.
 */
final class UpcomingJobs {

    /** Lane with the first of its jobs that was not returned yet. */
    private static final class UpcomingLane {

        private final Lane lane;
        private final Iterator<ReadyJob> rest;
        private @Nullable ReadyJob next;

        private UpcomingLane(Lane lane) {
            this.lane = lane;
            rest = lane.positions().iterator();
            next = rest.hasNext() ? rest.next() : null;
        }

        private ClaimCandidate taken() {
            ReadyJob position = next == null ? lane.head() : next;
            next = rest.hasNext() ? rest.next() : null;
            return new ClaimCandidate(lane.key, position, lane.group.queue().name);
        }
    }

    /** Simulated turn of a submitter. */
    private static final class Turn {

        private static final Comparator<Turn> ORDER = Comparator.<Turn>comparingLong(turn -> turn.turn)
                .thenComparingLong(turn -> turn.tie)
                .thenComparing(turn -> turn.name);

        private final SubmitterTurn submitter;
        private final String name;
        private @Nullable PriorityQueue<UpcomingLane> lines;
        private long turn;
        private long tie;

        private Turn(SubmitterTurn submitter) {
            this.submitter = submitter;
            name = submitter.name;
            turn = submitter.turn;
            tie = submitter.tie;
        }

        /** Reports a lane to read, and the lanes that may come before it: those with jobs that became ready at the same instant. */
        private void tellUnread(Lane first, Consumer<LaneKey> unread) {
            unread.accept(first.key);
            for (UpcomingLane line : lines()) {
                if (line.lane.needsRefill()
                        && line.lane.head().readyAt().equals(first.head().readyAt())) {
                    unread.accept(line.lane.key);
                }
            }
        }

        /**
         * Returns the lanes of the submitter. They are collected only when its turn comes, because other submitters may have hundreds of
         * thousands of lanes.
         */
        private PriorityQueue<UpcomingLane> lines() {
            PriorityQueue<UpcomingLane> made = lines;
            if (made == null) {
                made = new PriorityQueue<>(
                        Comparator.comparing(line -> line.next == null ? line.lane.head() : line.next));
                for (Lane lane : submitter.lanes) {
                    if (lane.hasNext()) {
                        made.add(new UpcomingLane(lane));
                    }
                }
                lines = made;
            }
            return made;
        }
    }

    private final int limit;
    private final Consumer<LaneKey> unread;
    private final ToIntFunction<String> weights;
    private final List<ClaimCandidate> jobs = new ArrayList<>();

    /**
     * @param unread receives lanes whose next job is only in the store
     * @param weights returns the weight of a submitter
     */
    UpcomingJobs(int limit, Consumer<LaneKey> unread, ToIntFunction<String> weights) {
        this.weights = weights;
        this.limit = limit;
        this.unread = unread;
    }

    List<ClaimCandidate> jobs() {
        return jobs;
    }

    /** Adds the jobs of a priority. Returns false once there are enough, or the next job is unknown. */
    boolean add(PriorityLevel level) {
        PriorityQueue<Turn> turns = new PriorityQueue<>(Turn.ORDER);
        level.submitters().map(Turn::new).forEach(turns::add);
        long virtual = level.virtual();
        long ties = level.ties();
        while (jobs.size() < limit && !turns.isEmpty()) {
            Turn turn = turns.remove();
            UpcomingLane line = turn.lines().poll();
            if (line == null) {
                continue;
            }
            if (line.lane.needsRefill() || line.lane.isRefilling()) {
                turn.tellUnread(line.lane, unread); // the job would be next: once it is read, this is called again
                jobs.add(line.taken());
            } else {
                jobs.add(line.taken());
                if (line.next == null && line.lane.isCut()) {
                    return false;
                }
                if (line.next != null) {
                    turn.lines().add(line);
                }
            }
            virtual = Math.max(virtual, turn.turn);
            turn.turn = PriorityLevel.after(virtual, weights.applyAsInt(turn.name));
            turn.tie = ++ties;
            if (!turn.lines().isEmpty()) {
                turns.add(turn);
            }
        }
        return jobs.size() < limit;
    }
}
