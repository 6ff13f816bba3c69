// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.text.ShownTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explains what keeps a job from starting (a wait, or the gates of the queue), or how it ended. */
final class Explainer {

    /** Maximum position to report for a job in its lane. */
    private static final int MOST_POSITIONS = 1_000;

    private static final Blocker HOST_STOPS = new Blocker(
            "host",
            "this host is stopping: ready jobs start on another host of the database, or after a restart",
            null);

    private final QueueManager queue;
    private final JobReads store;
    private final LiveRuns runs;
    private final HostOverview hosts;
    private final WaitingBlocker waiting;

    Explainer(QueueManager queue, JobReads store, LiveRuns runs, HostOverview hosts, WaitingBlocker waiting) {
        this.hosts = hosts;
        this.waiting = waiting;
        this.queue = queue;
        this.store = store;
        this.runs = runs;
    }

    Explanation explain(StoredJob stored) {
        Job job = stored.job();
        return switch (job.status()) {
            case WAITING -> waiting(stored);
            case QUEUED -> queued(stored);
            default -> new Explanation(job.id(), job.status(), detail(stored), List.of());
        };
    }

    /** Returns the job's waits, and the gates that would hold it after them. */
    private Explanation waiting(StoredJob stored) {
        List<Blocker> blockers = new ArrayList<>(waiting.of(stored));
        blockers.addAll(hostStops());
        blockers.addAll(queue.lanes().foresee(stored));
        return new Explanation(stored.id(), stored.job().status(), "", blockers);
    }

    /** Returns the start time of the run, or the end of the job. */
    private String detail(StoredJob stored) {
        Job job = stored.job();
        JobState state = job.state();
        String attempts = state.run().attempt() == 1 ? "1 attempt" : state.run().attempt() + " attempts";
        return switch (job.status()) {
            case WAITING, QUEUED -> "";
            case RUNNING ->
                "run " + state.run().number() + ", attempt " + state.run().attempt() + " of "
                        + (job.terms().runs().maxRetries() + 1) + ", on "
                        + state.run().host() + " since "
                        + ShownTime.of(state.changedAt())
                        + ending(stored);
            case COMPLETED -> at(state) + " after " + attempts;
            case FAILED, CANCELLED ->
                (state.reason() == null ? "" : state.reason().text() + ", ") + at(state) + " after " + attempts
                        + (state.error() == null ? "" : ": " + state.error());
        };
    }

    private static String at(JobState state) {
        return "at " + (state.completedAt() == null ? "an unknown time" : ShownTime.of(state.completedAt()));
    }

    /** Returns why the run should end early, or until when its handler has extended it. */
    private String ending(StoredJob job) {
        LiveRun run = runs.anywhere(job).orElse(null);
        if (run == null) {
            return "";
        } else if (run.ending() != null) {
            return "; " + run.ending();
        }
        Instant extended = run.extendedTo();
        return extended == null ? "" : "; its handler extended the run until " + ShownTime.of(extended);
    }

    private Explanation queued(StoredJob stored) {
        LaneKey key = LaneKey.of(stored);
        List<ReadyJob> positions = store.ready(key, null, MOST_POSITIONS);
        int before = 0;
        while (before < positions.size() && !positions.get(before).id().equals(stored.id())) {
            before++;
        }
        boolean found = before < positions.size();
        List<ReadyJob> upTo = found ? positions.subList(0, before + 1) : positions;
        Optional<LaneView> lane = queue.lanes().lane(key, upTo);
        List<Blocker> blockers = new ArrayList<>(hostStops());
        lane.ifPresent(view -> blockers.addAll(view.shutBy()));
        if (blockers.isEmpty()) {
            blockers.add(turn(key));
        }
        String position = found
                ? "number " + (before + 1) + " of " + lane(stored.job(), lane)
                : positions.size() == MOST_POSITIONS
                        ? "after the first " + MOST_POSITIONS + " of " + lane(stored.job(), lane)
                        : "";
        return new Explanation(stored.id(), stored.job().status(), position + canary(stored), blockers);
    }

    private List<Blocker> hostStops() {
        return runs.isHostStopping() ? List.of(HOST_STOPS) : List.of();
    }

    /** Returns the version of a running job, or the possible versions for a waiting job of the canary. */
    private String canary(StoredJob stored) {
        Job job = stored.job();
        if (job.state().run().begunWith() != null) {
            return "; started with version " + job.state().run().begunWith();
        }
        boolean may = job.terms().routing().handlerVersion() == null
                && job.state().run().attempt() == 0
                && stored.books().losses() == 0
                && !stored.books().versions().canary();
        return !may
                ? ""
                : queue.canaries().statuses().stream()
                        .filter(canary -> canary.type().equals(job.type()))
                        .filter(canary -> canary.rolledBackAt() == null && CanaryRules.takes(canary, job))
                        .map(canary ->
                                "; routed to the canary " + canary.share().versions() + ", by its "
                                        + canary.share().by())
                        .collect(Collectors.joining());
    }

    private String lane(Job job, Optional<LaneView> lane) {
        return lane.map(view -> view.queued() + " ").orElse("") + "ready in its lane (queue "
                + queue.rules().route(job.terms().routing().queue(), job.type()) + ", priority "
                + job.terms().routing().priority()
                + ", submitter " + job.submitter() + ", type " + job.type() + ")";
    }

    private Blocker turn(LaneKey lane) {
        int ahead = queue.lanes().ahead(lane);
        String before =
                ahead == 0 ? "its lane is next" : ahead == 1 ? "1 open lane is ahead" : ahead + " open lanes are ahead";
        String slot = hosts.isAsync(lane.type()) ? "slot of async.jobs" : "worker";
        return new Blocker(
                "workers",
                "nothing blocks it; it starts when a " + slot + " is free and its turn comes: " + before
                        + hosts.room(lane),
                null);
    }
}
