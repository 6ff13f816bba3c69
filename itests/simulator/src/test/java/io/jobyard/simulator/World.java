// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything of one seed. There is one thread and one source of chance, so the same seed goes the same way. */
final class World {

    private static final int DEEPEST = 3;
    private static final int MOST_WAITS = 20_000;

    final SplittableRandom random;
    final Knobs knobs;
    final SeededFault fault;
    final Trace trace;
    final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    final Database database = new Database();
    final LifeModel life = new LifeModel(this);
    final StepModel kept = new StepModel(this);
    final LimitModel limits;
    /** Those that live, as far as anybody outside can see. */
    final List<SimulatedHost> hosts = new ArrayList<>();
    /** Runs of a host that is gone, whose outcomes may still come by its next life. */
    final List<SimulatedHost.Run> stray = new ArrayList<>();

    Map<String, Object> queueSettings;
    Map<String, Object> schedulerSettings;
    int steps;
    /** By which leases are judged: it never turns back. */
    long nanos;

    private final Map<String, Handlers> handlers = new TreeMap<>();
    /** Whose steps are taken at the moment, each within the one before. */
    private final List<SimulatedHost> atWork = new ArrayList<>();

    private final Actions actions = new Actions(this);
    private int lives;
    private int depth;
    private int waits;
    private boolean calm;
    private @Nullable Violation noted;

    /**
     * One world of four has groups, policies of single dependencies, and jobs that start in the commit that admits them. The others stay as
     * they were without these: they go on finding the faults that they found.
     */
    final boolean extended;

    /** In one world of four handlers call steps and waits. */
    final boolean durable;

    World(long seed, SeededFault fault, boolean traced) {
        this.fault = fault;
        random = new SplittableRandom(seed);
        extended = Math.floorMod(seed, 4) == 3;
        durable = Math.floorMod(seed, 8) == 1 || Math.floorMod(seed, 8) == 2;
        knobs = Knobs.of(random);
        trace = new Trace(traced);
        queueSettings = Knobs.queue(random);
        schedulerSettings = Knobs.scheduler(random);
        limits = new LimitModel(this);
        tell(() -> "world " + knobs + " " + queueSettings + " " + schedulerSettings + " " + limits);
        database.write(session -> database.leader.put(session, LeaderRow.KEY, LeaderRow.NOBODY));
        for (int n = 1; n <= knobs.hosts(); n++) {
            Handlers first = handlers("host-" + n);
            if (durable) { // so that there is something to do from the beginning
                Handlers.TYPES.subList(0, 3).forEach(type -> first.come(type, "1.0.0"));
            }
            begin("host-" + n);
        }
    }

    /** All steps, then quiet until every job is over. */
    void run() {
        while (steps < knobs.steps()) {
            step();
        }
        calm = true;
        new Settling(this).run();
    }

    private void step() {
        raise();
        steps++;
        SimulatedHost host = anyAwake();
        act(host, () -> actions.any(host));
        if (host.lostAnOutcome) {
            kill(host, "has lost an outcome");
        }
    }

    /** That host does something, unless it ends meanwhile. */
    void act(SimulatedHost host, Runnable action) {
        depth++;
        atWork.add(host);
        try {
            action.run();
        } catch (Crash crash) {
            if (crash.host() != host) {
                throw crash;
            }
        } finally {
            depth--;
            atWork.remove(atWork.size() - 1);
        }
    }

    /** Whether one of its threads waits meanwhile. */
    boolean isAtWork(SimulatedHost host) {
        return atWork.indexOf(host) != atWork.lastIndexOf(host);
    }

    private SimulatedHost anyAwake() {
        for (List<SimulatedHost> awake = awake(); ; awake = awake()) {
            if (!awake.isEmpty()) {
                return awake.get(random.nextInt(awake.size()));
            }
            passTime(Duration.ofSeconds(5));
        }
    }

    private List<SimulatedHost> awake() {
        return hosts.stream().filter(host -> host.stillUntil <= nanos).toList();
    }

    Handlers handlers(String position) {
        return handlers.computeIfAbsent(position, any -> new Handlers());
    }

    /** Whether some place has a handler of that type. */
    boolean isServed(String type) {
        return handlers.values().stream().anyMatch(one -> one.serves(type, null));
    }

    /** A host begins a life there, and ends the one before, and those whose leases are over; false if it has to wait for one of them. */
    boolean begin(String position) {
        int number = lives + 1;
        LifeRow life =
                new LifeRow(number, new UUID(0, number), position, nanos + HostLease.LIFE, false, HostOffer.NOTHING);
        boolean begins = database.tryWrite(session -> {
            database.lives.rows().values().stream()
                    .filter(one -> !one.hasEnded()
                            && (one.leaseUntil() <= nanos || one.position().equals(position)))
                    .forEach(one -> {
                        session.lock(database.lives, one.number(), RowLock.FOR_UPDATE);
                        database.lives.put(session, one.number(), one.ended());
                    });
            if (knobs.hosts() == 1) {
                database.leader.put(session, LeaderRow.KEY, LeaderRow.NOBODY);
            }
            database.lives.put(session, number, life);
        });
        if (begins) {
            lives = number;
            trace.count(number);
            SimulatedHost host = new SimulatedHost(this, life);
            hosts.add(host);
            tell(() -> host + " begins");
            host.lease.look();
        }
        return begins;
    }

    /** The rows stay, all else goes. */
    void kill(SimulatedHost host, String why) {
        if (!hosts.remove(host)) {
            return;
        }
        tell(() -> "END: " + host + " " + why);
        trace.count(host.number);
        host.committer.end();
        if (knobs.hosts() == 1) {
            stray.addAll(host.runs);
        }
        if (hosts.isEmpty()) {
            begin(host.position);
        }
    }

    /** Somebody waits for the store of that host: its committer goes on, or somebody else does something. */
    void meanwhile(SimulatedHost host) {
        raise();
        mustLive(host);
        Violation.unless(!host.committer.isIdle(), null, "somebody waits for an answer that never comes");
        Violation.unless(++waits < MOST_WAITS, null, "somebody asks the store for ever");
        if (mayNest() && chance(knobs.nest())) {
            step();
        } else if (!anyOf(hosts, host).committer.advance() && !host.committer.advance()) {
            othersGoOn();
        }
        mustLive(host);
    }

    /** That one as often as all others. */
    private SimulatedHost anyOf(List<SimulatedHost> all, SimulatedHost one) {
        return chance(50) ? one : all.get(random.nextInt(all.size()));
    }

    /** A committer that waits for others goes on when they do, or with the time. */
    void othersGoOn() {
        boolean any = false;
        for (SimulatedHost host : List.copyOf(hosts)) {
            any |= host.committer.advance();
        }
        if (!any) {
            passTime(Duration.ofSeconds(2));
        }
    }

    /** Somebody of that host has read: what follows may find the store changed. */
    void pause(SimulatedHost host) {
        if (mayNest() && chance(knobs.pause())) {
            step();
            mustLive(host);
        }
    }

    /** Whoever has ended does nothing more. */
    void mustLive(SimulatedHost host) {
        if (!hosts.contains(host)) {
            throw new Crash(host);
        }
    }

    private boolean mayNest() {
        return !calm && depth > 0 && depth < DEEPEST && steps < knobs.steps() && !actions.reading;
    }

    /** Whether that host ended in this moment. */
    boolean mayEnd(SimulatedHost host) {
        boolean ends = !calm && !actions.reading && random.nextInt(10_000) < knobs.crash();
        if (ends) {
            kill(host, "is killed");
        }
        return ends;
    }

    /** It may stand still from now on, or the database may not hear it, for up to two leases. */
    void mayStand(SimulatedHost host) {
        if (knobs.hosts() > 1 && inThousand(knobs.still())) {
            long until = nanos + random.nextLong(chance(50) ? HostLease.SESSION : 2 * HostLease.LIFE);
            if (chance(50)) {
                host.stillUntil = until;
                tell(() -> host + " stands still");
            } else {
                host.cutOffUntil = until;
                tell(() -> host + " does not reach the database");
            }
        }
    }

    /** Whether it can do nothing in the database. */
    boolean isHeld(SimulatedHost host) {
        return !hosts.contains(host) || host.stillUntil > nanos || host.cutOffUntil > nanos;
    }

    /** Time goes on for all; who is not held has renewed its lease meanwhile. */
    void passTime(Duration by) {
        tell(() -> "time passes: " + by);
        List<SimulatedHost> able = hosts.stream().filter(host -> !isHeld(host)).toList();
        clock.advance(by);
        nanos += Math.max(0, by.toNanos());
        for (SimulatedHost host : List.copyOf(hosts)) {
            if (able.contains(host)) {
                host.lease.renewOnTheWay();
            } else {
                host.lease.noAnswer();
            }
            host.committer.expire();
            host.order.changed();
        }
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Whether a fault comes now. */
    boolean inThousand(int often) {
        return !calm && random.nextInt(1_000) < often;
    }

    /** Where nobody would hear it: raised at the next step. */
    void note(Violation violation) {
        noted = violation;
    }

    void raise() {
        if (noted != null) {
            throw noted;
        }
    }

    void tell(Supplier<String> line) {
        trace.add(steps, depth, line);
    }
}
