// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Read-only view of lanes. It uses the same rules as the decisions. */
final class LaneOverview implements ReadyLanes {

    /** Number of attempts to read a lane that another thread is reading. Afterwards the overview contains only its position. */
    private static final int MOST_LOOKS = 20;

    /** Maximum number of earlier jobs to consider in a forecast. */
    private static final int MOST_FORESEEN = 1_000;

    private final Lanes lanes;
    private final LaneReader reader;
    private final StartOrder order;
    private final GateRules rules;

    LaneOverview(Lanes lanes, LaneReader reader) {
        this.lanes = lanes;
        this.reader = reader;
        order = lanes.order;
        rules = lanes.rules;
    }

    @Override
    public List<LaneView> all() {
        return lanes.ask(() -> {
            Map<LaneGroup, List<Blocker>> shutBy = new IdentityHashMap<>();
            return order.all().stream()
                    .filter(lane -> lane.queued() > 0)
                    .map(lane -> view(lane, lane.demand(), shutBy(lane, shutBy)))
                    .toList();
        });
    }

    /** Returns the blockers of a lane. Lanes of a group without an estimate have equal blockers, which are listed once. */
    private List<Blocker> shutBy(Lane lane, Map<LaneGroup, List<Blocker>> known) {
        return lane.key.estimated()
                        || !lane.shares().isEmpty()
                        || !lane.values().isEmpty()
                ? rules.shutBy(lane, lane.demand())
                : known.computeIfAbsent(lane.group, group -> rules.shutBy(lane, lane.demand()));
    }

    @Override
    public Map<String, Long> queuedByType() {
        return lanes.ask(() -> {
            Map<String, Long> queued = new HashMap<>();
            order.groups()
                    .filter(group -> group.queued() > 0)
                    .forEach(group -> queued.merge(group.key.type(), group.queued(), Long::sum));
            return queued;
        });
    }

    @Override
    public Optional<LaneView> oldestOpen() {
        return lanes.ask(
                () -> Optional.ofNullable(order.oldestOpen()).map(lane -> view(lane, lane.demand(), List.of())));
    }

    @Override
    public Optional<LaneView> lane(LaneKey key, List<ReadyJob> upTo) {
        if (key.estimated()) {
            lanes.refills.readHead(key);
        }
        return lanes.ask(() -> Optional.ofNullable(order.find(key)).map(lane -> view(lane, upTo)));
    }

    /** Returns the blockers of a job as if it were at the end of its lane, unless it already has a position. */
    @Override
    public List<Blocker> foresee(StoredJob job) {
        LaneKey key = LaneKey.of(job);
        Instant readyAt = job.books().readyAt();
        ReadyJob position = new ReadyJob(
                readyAt == null ? Instant.MAX : readyAt,
                job.id(),
                job.job().terms().demand().estimate());
        List<ReadyJob> upTo = new ArrayList<>();
        reader.read(key, null, MOST_FORESEEN).stream()
                .takeWhile(before -> before.compareTo(position) < 0)
                .forEach(upTo::add);
        upTo.add(position);
        return lanes.ask(() -> {
            Lane lane = order.lane(key);
            List<Blocker> shutBy = view(lane, upTo).shutBy();
            order.dropIfEmpty(lane);
            return shutBy;
        });
    }

    @Override
    public int ahead(LaneKey key) {
        return lanes.ask(() -> {
            Lane lane = order.find(key);
            return lane == null ? 0 : order.ahead(lane);
        });
    }

    @Override
    public List<ClaimCandidate> upcoming(int limit) {
        for (int look = 1; ; look++) {
            List<LaneKey> unread = new ArrayList<>();
            List<ClaimCandidate> upcoming = upcoming(limit, unread::add);
            if (unread.isEmpty() || look == MOST_LOOKS) {
                return upcoming;
            }
            lanes.refills.readHeads(unread);
        }
    }

    /** Returns the next jobs of lanes that are in memory, and reports the other lanes. */
    List<ClaimCandidate> upcoming(int limit, Consumer<LaneKey> unread) {
        return lanes.ask(() -> order.upcoming(limit, unread));
    }

    private LaneView view(Lane lane, List<ReadyJob> upTo) {
        Demand demand = upTo.isEmpty() ? lane.demand() : rules.demandOf(lane, upTo);
        return view(lane, demand, rules.shutBy(lane, demand));
    }

    private LaneView view(Lane lane, Demand demand, List<Blocker> byRules) {
        List<Blocker> shutBy = new ArrayList<>(byRules);
        shutBy.addAll(order.keptFrom(lane, demand));
        return new LaneView(
                lane.key,
                lane.group.queue().name,
                lane.queued(),
                lane.hasNext() ? lane.head().readyAt() : null,
                shutBy);
    }
}
