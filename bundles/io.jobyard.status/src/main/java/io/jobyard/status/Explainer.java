// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.CanaryRules;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.reading.JobReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what keeps a job from starting (what it waits for, or the gates that the queue itself asks), or how it ended. */
final class Explainer {

    private static final int SHOWN = 5;
    /** A job further back in its lane has no number. */
    private static final int MOST_PLACES = 1_000;

    private final QueueManager queue;
    private final JobReads store;
    private final LiveRuns runs;
    private final HostOverview hosts;

    Explainer(QueueManager queue, JobReads store, LiveRuns runs, HostOverview hosts) {
        this.hosts = hosts;
        this.queue = queue;
        this.store = store;
        this.runs = runs;
    }

    Explanation explain(StoredJob stored) {
        Job job = stored.job();
        return switch (job.status()) {
            case WAITING -> new Explanation(job.id(), job.status(), "", List.of(waiting(stored)));
            case QUEUED -> queued(stored);
            default -> new Explanation(job.id(), job.status(), detail(stored), List.of());
        };
    }

    /** Since when it runs, or how it ended. */
    private String detail(StoredJob stored) {
        Job job = stored.job();
        JobState state = job.state();
        String attempts = state.attempt() == 1 ? "1 attempt" : state.attempt() + " attempts";
        return switch (job.status()) {
            case WAITING, QUEUED -> "";
            case RUNNING ->
                "run " + state.run() + ", attempt " + state.attempt() + " of "
                        + (job.terms().maxRetries() + 1) + ", on " + state.host() + " since " + state.changedAt()
                        + ending(stored);
            case COMPLETED -> "at " + state.completedAt() + " after " + attempts;
            case FAILED, CANCELLED ->
                (state.reason() == null ? "" : state.reason().text() + ", ") + "at " + state.completedAt() + " after "
                        + attempts + (state.error() == null ? "" : ": " + state.error());
        };
    }

    /** Why the run is to end early. */
    private String ending(StoredJob job) {
        return runs.anywhere(job).map(LiveRun::ending).map(why -> "; " + why).orElse("");
    }

    private Blocker waiting(StoredJob stored) {
        if (stored.job().state().reason() == Reason.DEPENDENCIES) {
            return new Blocker("dependencies", dependencies(stored), null);
        }
        if (stored.job().state().reason() == Reason.PAUSED) {
            return paused(stored);
        }
        return new Blocker(
                "time", whyLater(stored.job().state()), stored.books().dueAt());
    }

    /** The pause is the change by which the job came into its state. */
    private Blocker paused(StoredJob stored) {
        Instant since = stored.job().state().changedAt();
        String by = store.history(stored.id()).stream()
                .filter(event -> event.reason() == Reason.PAUSED && event.at().equals(since))
                .findFirst()
                .map(event -> ", by " + event.who() + " since " + since + said(event.why()))
                .orElse(" since " + since);
        int pending = stored.books().pending();
        Instant due = stored.books().dueAt();
        Instant expiry = stored.job().terms().expiry();
        return new Blocker(
                Blocker.PAUSED,
                "this job" + by + (pending == 0 ? "" : "; " + dependencies(stored)),
                due == null || due.equals(expiry) ? null : due);
    }

    /** The end of a pause is told apart. */
    private static String said(String why) {
        String reason = why.replaceFirst("^until \\S+Z(: |$)", "");
        return reason.isEmpty() ? "" : ", \"" + reason + "\"";
    }

    /** Dependencies that have ended are released a moment later. */
    private String dependencies(StoredJob stored) {
        int pending = stored.books().pending();
        List<Job> open = store.jobs(store.dependencies(stored.id())).values().stream()
                .map(StoredJob::job)
                .filter(job -> !job.status().isFinal())
                .toList();
        String some = open.stream()
                .limit(SHOWN)
                .map(job -> job.id() + " is " + job.status().text())
                .collect(Collectors.joining(", "));
        return (pending == 1 ? "1 dependency is" : pending + " dependencies are") + " not finished"
                + (some.isEmpty() ? "" : ": " + some) + (open.size() > SHOWN ? ", …" : "");
    }

    private static String whyLater(JobState state) {
        if (state.reason() == Reason.RETRY) {
            return "next attempt after attempt " + state.attempt() + " failed: " + state.error();
        } else if (state.reason() == Reason.RATE_LIMITED) {
            return "its handler met a limit: " + state.error();
        } else if (state.reason() == Reason.SLEEP) {
            return "its handler gave its worker back for a while";
        }
        return "its notBefore lies ahead";
    }

    private Explanation queued(StoredJob stored) {
        LaneKey key = LaneKey.of(stored);
        List<ReadyJob> places = store.ready(key, null, MOST_PLACES);
        int before = 0;
        while (before < places.size() && !places.get(before).id().equals(stored.id())) {
            before++;
        }
        boolean found = before < places.size();
        List<ReadyJob> upTo = found ? places.subList(0, before + 1) : places;
        Optional<LaneView> lane = queue.lane(key, upTo);
        List<Blocker> blockers = new ArrayList<>();
        if (runs.isHostStopping()) {
            blockers.add(new Blocker(
                    "host",
                    "this host stops: ready jobs start on another of its database, or when it has been started again",
                    null));
        }
        lane.ifPresent(view -> blockers.addAll(view.shutBy()));
        if (blockers.isEmpty()) {
            blockers.add(turn(key));
        }
        String place = found
                ? "number " + (before + 1) + " of " + lane(stored.job(), lane)
                : places.size() == MOST_PLACES
                        ? "behind the first " + MOST_PLACES + " of " + lane(stored.job(), lane)
                        : "";
        return new Explanation(stored.id(), stored.job().status(), place + canary(stored), blockers);
    }

    /** Which versions it is to try, if it is one of the canary's. */
    private String canary(StoredJob stored) {
        Job job = stored.job();
        boolean may = job.terms().handlerVersion() == null
                && job.state().attempt() == 0
                && stored.books().losses() == 0;
        return !may
                ? ""
                : queue.canaries().stream()
                        .filter(canary -> canary.type().equals(job.type()))
                        .filter(canary -> canary.steppedBackAt() == null && CanaryRules.takes(canary, job))
                        .map(canary -> "; goes to the canary " + canary.versions() + ", by its " + canary.by())
                        .collect(Collectors.joining());
    }

    private String lane(Job job, Optional<LaneView> lane) {
        return lane.map(view -> view.queued() + " ").orElse("") + "ready in its lane (queue "
                + queue.route(job.terms().queue(), job.type()) + ", level "
                + job.terms().priority()
                + ", submitter " + job.submitter() + ", type " + job.type() + ")";
    }

    private Blocker turn(LaneKey lane) {
        int ahead = queue.ahead(lane);
        String before = ahead == 0
                ? "its lane is the next"
                : ahead == 1 ? "1 open lane comes before its own" : ahead + " open lanes come before its own";
        return new Blocker(
                "workers",
                "no gate holds it, it starts when a worker is free and its turn comes: " + before + hosts.room(lane),
                null);
    }
}
