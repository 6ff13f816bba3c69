// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.queue.ConfiguredLimit;
import io.jobyard.queue.ConfiguredQueue;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.spi.jobs.Move;
import io.jobyard.testkit.SettableAccess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs may run at once in the queue {@code q} and how many may start there in which time; the same of the limit {@code api}. The
 * limit {@code ordered} keeps a strict order for each value of the label {@code n}.
 */
final class LimitModel {

    static final String ORDERED = "ordered";

    private static final int PER_HOUR = 10;

    private static final FakeInstance NOWHERE = new FakeInstance(Path.of("/nonexistent/jobyard"));

    private static final int BURST = 2;

    private record Start(JobId job, int run) {}

    private final World world;
    private final int inQueue;
    private final int ofLimit;
    private final ConfiguredQueue queue;
    private final ConfiguredLimit limit;
    private final ConfiguredLimit ordered;
    private final Map<Start, Instant> ofQueueStarted = new LinkedHashMap<>();
    private final Map<Start, Instant> ofLimitStarted = new LinkedHashMap<>();

    LimitModel(World world) {
        this.world = world;
        inQueue = 1 + world.random.nextInt(3);
        ofLimit = 1 + world.random.nextInt(3);
        String rate = PER_HOUR + "/h burst " + BURST;
        queue = new ConfiguredQueue(
                NOWHERE, Map.of("service.pid", "io.jobyard.queues~q", "running.max", "" + inQueue, "rate", rate));
        limit = new ConfiguredLimit(
                NOWHERE,
                Map.of("service.pid", "io.jobyard.limits~api", "running.max", "" + ofLimit, "rate.requests", rate));
        ordered = new ConfiguredLimit(
                NOWHERE, Map.of("service.pid", "io.jobyard.limits~" + ORDERED, "key", "label.n", "order", "strict"));
    }

    /** What a host is configured with. */
    LimitCatalogRegistry catalog(SettableAccess access) {
        LimitCatalogRegistry catalog = new LimitCatalogRegistry(access);
        if (world.knobs.limited()) {
            catalog.bindQueue(queue);
            catalog.bindLimit(limit);
            catalog.bindLimit(ordered);
        }
        return catalog;
    }

    /** A change is stored. */
    void moved(Move move) {
        if (!world.knobs.limited()) {
            return;
        }
        JobStatus from = move.before().status();
        JobStatus to = move.state().status();
        Start start = new Start(move.before().id(), move.state().run().number());
        if (from == JobStatus.QUEUED && to == JobStatus.RUNNING) {
            if (move.before().run() == 0) {
                startsInOrder(move);
            }
            if ("q".equals(move.terms().routing().queue())) {
                starts(start, move, inQueue, ofQueueStarted);
            }
            if (move.terms().demand().limits().contains("api")) {
                starts(start, move, ofLimit, ofLimitStarted);
            }
        } else if (from == JobStatus.RUNNING && to != JobStatus.RUNNING && !mayHaveBegun(start, move)) {
            ofQueueStarted.remove(start); // what was taken for it is given back
            ofLimitStarted.remove(start);
        }
    }

    /** No job of its values has started and not ended. */
    private void startsInOrder(Move move) {
        List<String> values = ordered(move.terms());
        JobId id = move.before().id();
        world.life.fates().stream()
                .filter(fate -> !fate.status().isFinished()
                        && fate.now.run() > 0
                        && !fate.id().equals(id))
                .filter(fate -> ordered(fate.terms()).stream().anyMatch(values::contains))
                .findFirst()
                .ifPresent(other -> {
                    throw new Violation(id, "starts before " + other.id() + ", which has started, has ended");
                });
    }

    private static List<String> ordered(JobTerms terms) {
        return terms.demand().limits().stream()
                .filter(limit -> limit.startsWith(ORDERED + "="))
                .toList();
    }

    /** Of one that was lost the hosts do not know. */
    private boolean mayHaveBegun(Start start, Move move) {
        return world.life.fate(start.job()).begun.contains(start.run())
                || move.state().reason() == Reason.HOST_LOST
                || move.state().reason() == Reason.CRASH;
    }

    private void starts(Start start, Move move, int most, Map<Start, Instant> started) {
        JobId id = start.job();
        boolean isQueue = started == ofQueueStarted;
        long running = world.life.fates().stream()
                .filter(fate -> fate.status() == JobStatus.RUNNING)
                .filter(fate -> isQueue
                        ? "q".equals(fate.terms().routing().queue())
                        : fate.terms().demand().limits().contains("api"))
                .count();
        Violation.unless(running <= most, id, () -> "is the " + running + "th to run at once, allowed are " + most);
        started.put(start, move.event().at());
        if (!world.knobs.clockTurnsBack()) {
            checkRate(id, List.copyOf(started.values()));
        }
    }

    /** By the same algorithm as in the queue, over all starts that used anything. */
    private static void checkRate(@Nullable JobId id, List<Instant> starts) {
        double perStart = 3_600.0 / PER_HOUR;
        double full = 0;
        for (Instant start : starts.stream().sorted().toList()) {
            double at = start.getEpochSecond() + start.getNano() / 1e9;
            full = Math.max(full, at) + perStart;
            double owed = full - at;
            Violation.unless(owed <= BURST * perStart + 1e-3, id, () -> "starts beyond the rate: " + starts);
        }
    }

    @Override
    public String toString() {
        return world.knobs.limited() ? inQueue + " in q, " + ofLimit + " of api" : "no limits";
    }
}
