// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what keeps a job from starting (what it waits for, or the gates that the queue itself asks), or how it ended. */
final class Explainer {

    private static final int SHOWN = 5;

    private final QueueManager queue;
    private final JobRepository repository;

    Explainer(QueueManager queue, JobRepository repository) {
        this.queue = queue;
        this.repository = repository;
    }

    Explanation explain(StoredJob stored) {
        Job job = stored.job();
        List<Blocker> blockers = switch (job.status()) {
            case WAITING -> List.of(waiting(stored));
            case QUEUED -> queued(stored);
            default -> List.of();
        };
        return new Explanation(job.id(), job.status(), detail(job), blockers);
    }

    /** Since when it runs, or how it ended. */
    private static String detail(Job job) {
        JobState state = job.state();
        String attempts = state.attempt() == 1 ? "1 attempt" : state.attempt() + " attempts";
        return switch (job.status()) {
            case WAITING, QUEUED -> "";
            case RUNNING ->
                "run " + state.run() + ", attempt " + state.attempt() + " of "
                        + (job.terms().maxRetries() + 1) + ", on " + state.host() + " since " + state.changedAt();
            case COMPLETED -> "at " + state.completedAt() + " after " + attempts;
            case FAILED, CANCELLED ->
                (state.reason() == null ? "" : state.reason().text() + ", ") + "at " + state.completedAt() + " after "
                        + attempts + (state.error() == null ? "" : ": " + state.error());
        };
    }

    private Blocker waiting(StoredJob stored) {
        if (stored.job().state().reason() == Reason.DEPENDENCIES) {
            return new Blocker("dependencies", dependencies(stored), null);
        }
        return new Blocker(
                "time", whyLater(stored.job().state()), stored.books().dueAt());
    }

    /** Those that are over are let go a moment later. */
    private String dependencies(StoredJob stored) {
        int pending = stored.books().pending();
        List<Job> open = repository.jobs(repository.dependencies(stored.id())).values().stream()
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

    private List<Blocker> queued(StoredJob stored) {
        LaneKey key = LaneKey.of(stored);
        Optional<LaneView> lane = queue.lane(key);
        List<Blocker> shut = lane.map(LaneView::shutBy).orElse(List.of());
        return shut.isEmpty() ? List.of(turn(key, lane.map(LaneView::queued).orElse(0L))) : shut;
    }

    private Blocker turn(LaneKey lane, long queued) {
        int ahead = queue.ahead(lane);
        String before = ahead == 0
                ? "its lane is the next"
                : ahead == 1 ? "1 open lane comes before its own" : ahead + " open lanes come before its own";
        return new Blocker(
                "workers",
                "no gate holds it, it starts when a worker is free and its turn comes: " + before + ", in which "
                        + (queued == 1 ? "1 job is" : queued + " jobs are") + " ready",
                null);
    }
}
