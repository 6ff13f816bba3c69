// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.spi.queue.LaneView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finding of the doctor about ready jobs that no gate holds and that do not start. */
final class Backlog {

    static final Duration LONG = Duration.ofHours(1);

    private Backlog() {}

    /** Returns the findings, by the open lane that has waited longest. */
    static List<Finding> findings(Optional<LaneView> oldest, Instant now) {
        return oldest
                .filter(lane -> isOld(lane, now))
                .map(lane -> new Finding(
                                Finding.BACKLOG,
                                "in queue " + lane.queue() + " a job of type "
                                        + lane.lane().type() + " has been ready since " + lane.oldest()
                                        + ", and no gate blocks it: the workers do not keep up",
                                "check the running jobs; raise worker.threads in etc/io.jobyard.worker.cfg")
                        .with(Remedy.RemedyKind.RUNNING_JOBS.any()))
                .stream()
                .toList();
    }

    private static boolean isOld(LaneView lane, Instant now) {
        Instant since = lane.oldest();
        return since != null && Duration.between(since, now).compareTo(LONG) >= 0;
    }
}
