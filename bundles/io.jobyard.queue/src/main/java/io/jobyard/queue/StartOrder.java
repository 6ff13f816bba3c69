// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Order of starts. The highest priority with an open lane is first, within it the submitter whose turn it is, and of their lanes the lane
 * with the oldest first job. A share of the starts goes to the lane that has waited longest. Guarded by the lock of {@link Lanes}.
 */
final class StartOrder {

    /**
     * Lane of the next start.
     *
     * @param aged whether it was chosen for its age
     */
    record Choice(Lane lane, boolean aged) {}

    /** Lanes without waiting jobs come last. */
    private static final Comparator<Lane> LONGEST_WAIT = Comparator.comparing(
                    (Lane lane) -> lane.hasNext() ? lane.head().readyAt() : Instant.MAX)
            .thenComparing(lane -> lane.key.submitter());

    private static final int ONE_START = 100;
    /** Maximum of the saved share, less than one start, so that two aged starts never follow each other. */
    private static final int MOST_SAVED = ONE_START - 1;

    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private final TreeMap<Integer, PriorityLevel> levels = new TreeMap<>();
    private final Supplier<QueueSettings> settings;
    private final LaneGroups groups;
    private final GateRules rules;
    private final Reservations reservations;
    private final JobsInFlight inFlight;
    private final ParkedLanes parked;
    private QueueSettings applied;
    private int agedCredit;
    private long numbers;

    StartOrder(
            Supplier<QueueSettings> settings,
            LaneGroups groups,
            GateRules rules,
            JobsInFlight inFlight,
            ParkedLanes parked) {
        this.parked = parked;
        this.settings = settings;
        this.groups = groups;
        this.rules = rules;
        this.reservations = new Reservations(groups, rules);
        this.inFlight = inFlight;
        this.applied = settings.get();
    }

    void clear() {
        parked.clear();
        lanes.clear();
        levels.clear();
        reservations.clear();
        groups.clear();
    }

    Collection<Lane> all() {
        return Collections.unmodifiableCollection(lanes.values());
    }

    Stream<LaneGroup> groups() {
        return groups.all();
    }

    @Nullable
    Lane find(LaneKey key) {
        return lanes.get(key);
    }

    Lane lane(LaneKey key) {
        Lane lane = lanes.get(key);
        if (lane == null) {
            LaneGroup group = groups.find(key);
            lane = new Lane(sharing(key, group.key), group, ++numbers);
            groups.join(lane);
            lane.shares(groups.shares(key.submitter()));
            lanes.put(lane.key, lane);
            position(lane);
        }
        return lane;
    }

    /** Returns an equal key that reuses the texts of other lanes, because there may be hundreds of thousands of lanes. */
    private LaneKey sharing(LaneKey key, LaneKey ofGroup) {
        return new LaneKey(
                ofGroup.queue(),
                key.priority(),
                levelOf(key).name(key.submitter()),
                ofGroup.type(),
                ofGroup.handler(),
                key.limits(),
                key.estimated(),
                key.suspect());
    }

    void dropIfEmpty(Lane lane) {
        if (lane.isEmpty() && lanes.remove(lane.key, lane)) {
            parked.release(lane);
            lane.submitter().level.remove(lane);
            groups.leave(lane);
        }
    }

    /** Applies the current configuration. */
    void begin(Instant now) {
        rules.begin(now);
        if (groups.follow(rules.now())) {
            lanes.values().forEach(lane -> {
                lane.shares(groups.shares(lane.key.submitter()));
                lane.lookAgain();
            });
            inFlight.follow(groups::shares);
        }
        follow(settings.get());
        parked.begin(rules.now());
        rules.parkShut(parked);
        reservations.begin();
    }

    /** Begins a decision, and renews the reservations of each priority. */
    void look(Instant now) {
        begin(now);
        levels.forEach(this::next);
    }

    @Nullable
    Choice next(Instant now) {
        begin(now);
        if (applied.agingSeconds() > 0 && agedCredit + applied.agingSharePercent() >= ONE_START) {
            Lane aged = aged(now.minusSeconds(applied.agingSeconds()));
            if (aged != null) {
                return new Choice(aged, true);
            }
        }
        for (Map.Entry<Integer, PriorityLevel> level : levels.entrySet()) {
            Lane lane = next(level.getKey(), level.getValue());
            if (lane != null) {
                return new Choice(lane, false);
            }
        }
        return null;
    }

    /** Returns the next lane of a priority. Adds reservations for the jobs before it. */
    private @Nullable Lane next(int number, PriorityLevel level) {
        Lane kept = reservations.ready(number);
        if (kept != null) {
            return kept;
        }
        while (true) {
            Lane open = level.first(
                    group -> rules.open(group) && reservations.leaves(group, number),
                    lane -> rules.openHead(lane) && reservations.leaves(lane, number),
                    null);
            Lane waits = level.first(
                    group -> reservations.mayWait(group, number), lane -> reservations.waits(lane, number), open);
            if (waits != null && (waits.needsRefill() || waits.isRefilling())) {
                return waits; // the needs of its first job are known only in the store
            }
            if (waits == null || !reservations.add(waits, number)) {
                return open;
            }
        }
    }

    /** Returns the lanes whose first job can never start, as found in this decision. */
    List<Lane> oversized() {
        return List.copyOf(rules.oversized());
    }

    void served(Choice choice) {
        int earned = agedCredit + applied.agingSharePercent();
        agedCredit = choice.aged() ? earned - ONE_START : Math.min(MOST_SAVED, earned);
        SubmitterTurn submitter = choice.lane().submitter();
        submitter.level.served(submitter, groups.weight(submitter.name));
    }

    boolean isOpen(Lane lane) {
        return rules.open(lane.group) && rules.openHead(lane) && reservations.leaves(lane, level(lane));
    }

    /** Returns the blockers that result from reservations for other jobs. */
    List<Blocker> keptFrom(Lane lane, Demand demand) {
        return reservations.shutBy(lane, level(lane), demand);
    }

    /** Returns the number of open lanes before this lane, regardless of age. */
    int ahead(Lane lane) {
        return (int) lanes.values().stream()
                .filter(other -> other.hasNext() && isBefore(other, lane) && isOpen(other))
                .count();
    }

    /** Returns the open lane of any priority that has waited longest; null if none is open. */
    @Nullable
    Lane oldestOpen() {
        return groups.all()
                .filter(rules::open)
                .flatMap(group -> group.byHead.stream().filter(this::isOpen).limit(1))
                .min(Comparator.comparing(Lane::head))
                .orElse(null);
    }

    /** Returns the next jobs in order, regardless of gates and age. */
    List<ClaimCandidate> upcoming(int limit, Consumer<LaneKey> unread) {
        UpcomingJobs upcoming = new UpcomingJobs(limit, unread, groups::weight);
        for (PriorityLevel level : levels.values()) {
            if (!upcoming.add(level)) {
                break;
            }
        }
        return upcoming.jobs();
    }

    private boolean isBefore(Lane one, Lane other) {
        int byLevel = Integer.compare(level(one), level(other));
        int byTurn = byLevel != 0 ? byLevel : SubmitterTurn.BY_TURN.compare(one.submitter(), other.submitter());
        return byTurn < 0 || byTurn == 0 && other.hasNext() && one.head().compareTo(other.head()) < 0;
    }

    private @Nullable Lane aged(Instant before) {
        Lane oldest = reservations.aged(before);
        Lane first = groups.all()
                .map(group -> group.aged(before, rules, reservations))
                .filter(Objects::nonNull)
                .min(Comparator.comparing(Lane::head))
                .orElse(null);
        return oldest == null || first != null && first.head().compareTo(oldest.head()) < 0 ? first : oldest;
    }

    private void follow(QueueSettings current) {
        boolean relevel = current.levels() != applied.levels();
        applied = current;
        if (relevel) {
            forgetTurns();
        }
    }

    /** Resets the turns to the state after a start of the host: the job that has waited longest is first, on any host. */
    void forgetTurns() {
        levels.clear();
        reservations.clear();
        lanes.values().stream().sorted(LONGEST_WAIT).forEach(this::position);
    }

    private void position(Lane lane) {
        levelOf(lane.key).add(lane);
    }

    private PriorityLevel levelOf(LaneKey lane) {
        return levels.computeIfAbsent(applied.clamp(lane.priority()), number -> new PriorityLevel());
    }

    private int level(Lane lane) {
        return applied.clamp(lane.key.priority());
    }
}
