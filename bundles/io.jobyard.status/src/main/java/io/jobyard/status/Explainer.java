// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import java.util.List;
import java.util.Optional;

/** Says what keeps a job from starting: what it waits for, or the gates that the queue itself asks. */
final class Explainer {

    private final QueueManager queue;

    Explainer(QueueManager queue) {
        this.queue = queue;
    }

    Explanation explain(StoredJob stored) {
        Job job = stored.job();
        List<Blocker> blockers = switch (job.status()) {
            case WAITING -> List.of(waiting(stored));
            case QUEUED -> queued(stored);
            default -> List.of();
        };
        return new Explanation(job.id(), job.status(), blockers);
    }

    private static Blocker waiting(StoredJob stored) {
        Reason reason = stored.job().state().reason();
        if (reason == Reason.DEPENDENCIES) {
            int pending = stored.books().pending();
            String detail = pending == 1 ? "1 dependency is not finished" : pending + " dependencies are not finished";
            return new Blocker("dependencies", detail, null);
        }
        return new Blocker(
                "time", whyLater(stored.job().state()), stored.books().dueAt());
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
