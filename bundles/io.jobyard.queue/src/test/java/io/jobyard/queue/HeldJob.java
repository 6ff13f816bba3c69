// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.reads.ReadinessBlockers;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One job of a host of its own, and a random choice of all that may hold it. */
final class HeldJob {

    /** How many kinds of holds there are. */
    static final int KINDS = 14;

    private static final String QUEUE = "llm";
    private static final String GPU = "gpu";
    private static final String BEHIND = "behind one of several slots";

    /** One thing that holds the job, as explain is to begin its detail, and how it ends: at its time, or by the action. */
    private record Hold(
            String gate, String detail, @Nullable Instant until, Runnable end) {

        boolean isToldBy(Blocker blocker) {
            return blocker.gate().equals(gate)
                    && blocker.detail().startsWith(detail)
                    && (until == null || until.equals(blocker.until()));
        }
    }

    private final LanesFixture fixture = new LanesFixture();
    private final ReadinessBlockers readiness = new ReadinessBlockers(fixture.store);
    private final Random random;
    private final List<Hold> holds = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> limits = new ArrayList<>();
    private @Nullable JobId ahead;
    private @Nullable JobId parent;
    private @Nullable Instant notBefore;
    private @Nullable Instant pausedUntil;
    private boolean isPaused;
    private StoredJob job;

    HeldJob(Random random) {
        this.random = random;
        limits(); // before the pauses, while others can start
        waits();
        gates();
        job = admit();
    }

    List<String> names() {
        return names;
    }

    /** Ends the holds one by one, those last that end at their time: until the last is over, exactly the rest is named. */
    void mustBeNamedUntilItStarts() {
        Collections.shuffle(holds, random);
        holds.sort(Comparator.comparing(hold -> hold.until() == null ? Instant.MIN : hold.until()));
        while (!holds.isEmpty()) {
            List<Blocker> told = explain();
            assertThat(told).as("%s", holds).hasSameSizeAs(holds);
            assertThat(holds).allSatisfy(hold -> assertThat(told).anyMatch(hold::isToldBy));
            assertThat(starts()).as("held by %s", told).isFalse();
            end(holds.get(0));
        }
        assertThat(explain()).isEmpty();
        assertThat(starts()).as("nothing holds it").isTrue();
    }

    private void end(Hold hold) {
        Instant until = hold.until();
        if (until == null) {
            hold.end().run();
            holds.remove(hold);
        } else {
            fixture.clock.set(until.minusNanos(1_000));
            assertThat(explain()).as("a moment before").anyMatch(hold::isToldBy);
            assertThat(starts()).isFalse();
            fixture.clock.set(until);
            holds.removeIf(other -> until.equals(other.until()));
        }
        if (job.job().status() == JobStatus.WAITING) {
            moveOn();
        }
    }

    private List<Blocker> explain() {
        if (job.job().status() == JobStatus.QUEUED) {
            return fixture.view(job.id()).shutBy();
        }
        List<Blocker> all =
                new ArrayList<>(readiness.of(job, fixture.store.dependencies(job.id()), fixture.clock.instant()));
        all.addAll(fixture.lanes.overview.foresee(job));
        return all;
    }

    /** Whether the queue would take it now, with as many others as it likes. */
    private boolean starts() {
        List<ClaimCandidate> taken = fixture.take(50);
        fixture.lanes.claims.settle(taken, List.of());
        return taken.stream().anyMatch(each -> each.position().id().equals(job.id()));
    }

    private void gates() {
        maybe("queue pause", () -> paused(PauseTarget.queue(QUEUE), "queue " + QUEUE + ", by alice"));
        maybe("setting", () -> {
            fixture.queue(QUEUE, "paused", "true");
            hold(Blocker.PAUSED, "queue " + QUEUE + ", by its", null, () -> fixture.queue(QUEUE, "paused", "false"));
        });
        maybe("type pause", () -> paused(new PauseTarget(PauseTarget.TargetKind.TYPE, "work"), "type work"));
        maybe("user pause", () -> paused(new PauseTarget(PauseTarget.TargetKind.USER, "ann"), "user ann"));
        if (!names.contains("kept for another")) { // for one that this would pause too
            maybe("pause of all", () -> paused(PauseTarget.ALL, PauseTarget.ALL.toString()));
        }
        maybe("no handler", () -> {
            Gate gate = fixture.shut(lane -> lane.type().equals("work"));
            hold("test", "shut", null, () -> fixture.gates.remove(gate));
        });
    }

    private void paused(PauseTarget target, String detail) {
        Instant until = later();
        fixture.lanes.follower.paused(new Pause(target, "alice", fixture.clock.instant(), null, until));
        hold(Blocker.PAUSED, detail, until, () -> fixture.lanes.follower.resumed(target));
    }

    private void limits() {
        maybe("unknown limit", () -> {
            limits.add("unknown");
            hold("limit", "unknown: ", null, () -> fixture.limit("unknown", "running.max", "9"));
        });
        maybe("full limit", () -> {
            limits.add("full");
            fixture.limit("full", "running.max", "2");
            running("full", Map.of());
            running("full", Map.of());
            hold("limit", "full: 2 of running.max 2 run", null, () -> fixture.limit("full", "running.max", "9"));
        });
        maybe("kept for another", () -> {
            limits.add("kept");
            fixture.limit("kept", "running.max", "4");
            JobId holder = running("kept", Map.of());
            JobId large = fixture.submit(fixture.job("bob", 1, "big", 0, null, List.of("kept"), slots("kept", 4)));
            hold("reserved", "limit kept: its next 4 slots, reserved for job " + large, null, () -> {
                fixture.move(large, JobStatus.CANCELLED);
                fixture.move(holder, JobStatus.COMPLETED);
            });
        });
        maybe(BEHIND, () -> {
            limits.add(GPU);
            fixture.limit(GPU, "running.max", "4");
            JobId holder = running(GPU, slots(GPU, 2));
            hold(
                    "limit",
                    "gpu: 2 slots of running.max 4 are taken, and with the jobs before it the job needs 5",
                    null,
                    () -> {
                        fixture.move(holder, JobStatus.COMPLETED);
                        fixture.move(Objects.requireNonNull(ahead), JobStatus.CANCELLED);
                    });
        });
        if (!names.contains(BEHIND)) { // which would draw on the rate first
            maybe("rate", () -> {
                limits.add("rate");
                fixture.limit("rate", "rate.requests", "1/30s burst 1");
                running("rate", Map.of());
                Instant until = fixture.clock.instant().plusSeconds(30);
                hold("limit", "rate: requests", until, () -> {});
            });
        }
    }

    private static Map<String, Double> slots(String limit, int slots) {
        return Map.of("slots." + limit, (double) slots);
    }

    private JobId running(String limit, Map<String, Double> estimate) {
        JobId id = fixture.submit(fixture.job("bob", 1, "other", 0, null, List.of(limit), estimate));
        assertThat(fixture.start(1)).containsExactly(id);
        return id;
    }

    private void waits() {
        maybe("dependency", () -> {
            fixture.limit("none", "running.max", "9");
            parent = running("none", Map.of());
            hold("dependencies", "1 dependency is not finished: " + parent + " is running", null, this::release);
        });
        maybe("notBefore", () -> {
            notBefore = fixture.clock.instant().plusSeconds(1 + random.nextInt(60));
            hold("time", "its notBefore", notBefore, () -> {});
        });
        maybe("job pause", () -> {
            isPaused = true;
            pausedUntil = later();
            hold(Blocker.PAUSED, "this job", pausedUntil, () -> isPaused = false);
        });
    }

    private void maybe(String name, Runnable hold) {
        if (random.nextInt(5) == 0) {
            names.add(name);
            hold.run();
        }
    }

    private void hold(String gate, String detail, @Nullable Instant until, Runnable end) {
        holds.add(new Hold(gate, detail, until, end));
    }

    private @Nullable Instant later() {
        return random.nextBoolean() ? null : fixture.clock.instant().plusSeconds(1 + random.nextInt(60));
    }

    private void release() {
        fixture.move(Objects.requireNonNull(parent), JobStatus.COMPLETED);
    }

    private StoredJob admit() {
        Map<String, Double> estimate = names.contains(BEHIND) ? slots(GPU, 2) : Map.of();
        if (names.contains(BEHIND)) {
            ahead = fixture.submit(fixture.job("ann", 5, "work", 0, QUEUE, limits, slots(GPU, 3)));
        }
        StoredJob ready = fixture.job("ann", 5, "work", 0, QUEUE, limits, estimate);
        JobTerms terms =
                new JobChange().notBefore(notBefore).applyTo(ready.job().terms());
        Job job = ready.job();
        SchedulingState books = books(1, parent == null ? 0 : 1);
        StoredJob placed =
                new StoredJob(new Job(job.id(), job.submitter(), job.createdAt(), terms, state(books)), books);
        HistoryEvent event = new HistoryEvent(
                fixture.clock.instant(),
                "ann",
                null,
                placed.job().status(),
                null,
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                "");
        Set<JobId> edges = parent == null ? Set.of() : Set.of(parent);
        fixture.store
                .admit(List.of(new AdmittedJob(placed, "{}", List.copyOf(edges), edges, event)))
                .join();
        return placed;
    }

    /** As the scheduler moves a job that a dependency, a pause or its time lets go. */
    private void moveOn() {
        boolean isReleased = parent == null
                || fixture.store.job(parent).orElseThrow().job().status().isFinished();
        EdgeChange edges = isReleased && parent != null && job.books().pending() > 0
                ? EdgeChange.released(Set.of(parent))
                : EdgeChange.NONE;
        SchedulingState books = books(job.books().version() + 1, isReleased ? 0 : 1);
        Move move = new Move(job, state(books), books, null, null, edges);
        assertThat(fixture.store.move(move).join()).isTrue();
        job = move.after();
    }

    private JobState state(SchedulingState books) {
        JobStatus status = books.readyAt() == null ? JobStatus.WAITING : JobStatus.QUEUED;
        Reason reason = status == JobStatus.QUEUED
                ? null
                : isPaused() ? Reason.PAUSED : books.pending() > 0 ? Reason.DEPENDENCIES : Reason.TIME;
        return new JobState(status, reason, fixture.clock.instant(), null, null, JobState.RunState.NONE);
    }

    private SchedulingState books(int version, int pending) {
        Instant now = fixture.clock.instant();
        boolean isEarly = notBefore != null && notBefore.isAfter(now);
        boolean isReady = pending == 0 && !isEarly && !isPaused();
        Instant due = isPaused() ? pausedUntil : pending == 0 && isEarly ? notBefore : null;
        return new SchedulingState(version, pending, 0, false, null, isReady ? now : null, due);
    }

    private boolean isPaused() {
        return isPaused && (pausedUntil == null || pausedUntil.isAfter(fixture.clock.instant()));
    }
}
