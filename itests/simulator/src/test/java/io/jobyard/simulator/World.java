// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything of one seed. There is one thread and one source of chance, so the same seed goes the same way. */
final class World {

    private static final int DEEPEST = 3;
    private static final int MOST_WAITS = 20_000;

    final SplittableRandom random;
    final Knobs knobs;
    final Trace trace;
    final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    final Handlers handlers = new Handlers();
    final LifeModel life = new LifeModel(this);
    /** Runs of hosts that are gone, whose outcomes may still come. */
    final List<Host.Run> stray = new ArrayList<>();

    Map<String, Object> queueSettings;
    Map<String, Object> schedulerSettings;
    Host host;
    int steps;

    private final Actions actions = new Actions(this);
    private int incarnations;
    private int depth;
    private int waits;
    private boolean calm;
    private @Nullable Violation noted;

    World(long seed, boolean traced) {
        random = new SplittableRandom(seed);
        knobs = Knobs.of(random);
        trace = new Trace(traced);
        queueSettings = Knobs.queue(random);
        schedulerSettings = Knobs.scheduler(random);
        tell(() -> "world " + knobs + " " + queueSettings + " " + schedulerSettings);
        host = new Host(this, new InMemoryStore(incarnation(), "host"));
    }

    /** All steps, then quiet until every job is over. */
    void run() {
        while (steps < knobs.steps()) {
            try {
                step();
            } catch (Crash crash) {
                restart();
            }
        }
        depth = 0;
        calm = true;
        new Settling(this).run();
    }

    private void step() {
        raise();
        steps++;
        depth++;
        try {
            actions.any();
        } finally {
            depth--;
        }
        if (host.lostAnOutcome) {
            throw new Crash();
        }
    }

    /** The rows stay, all else goes. */
    void restart() {
        tell(() -> "CRASH: the host begins another life");
        depth = 0;
        trace.count(incarnations);
        stray.addAll(host.runs);
        InMemoryStore rows = host.store.memory().restart(incarnation(), "host");
        host = new Host(this, rows);
    }

    private UUID incarnation() {
        return new UUID(0, ++incarnations);
    }

    /** Somebody waits for the store: the committer goes on, or somebody else does something. */
    void meanwhile() {
        raise();
        Violation.unless(!host.store.committer().isIdle(), null, "somebody waits for an answer that never comes");
        Violation.unless(++waits < MOST_WAITS, null, "somebody asks the store for ever");
        if (mayNest() && chance(knobs.nest())) {
            step();
        } else {
            host.store.committer().advance();
        }
    }

    /** Somebody has read: what follows may find the store changed. */
    void pause() {
        if (mayNest() && chance(knobs.pause())) {
            step();
        }
    }

    private boolean mayNest() {
        return !calm && depth > 0 && depth < DEEPEST && steps < knobs.steps() && !actions.reading;
    }

    void mayCrash() {
        if (!calm && !actions.reading && random.nextInt(10_000) < knobs.crash()) {
            throw new Crash();
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
