// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.spi.LaneView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The doctor's finding about ready jobs that no gate holds and that do not start. */
final class Backlog {

    static final Duration LONG = Duration.ofHours(1);

    private Backlog() {}

    static List<Finding> findings(List<LaneView> lanes, Instant now) {
        return lanes.stream()
                .filter(lane -> lane.shutBy().isEmpty() && lane.oldest() != null)
                .min(Comparator.comparing(lane -> Objects.requireNonNull(lane.oldest())))
                .filter(lane -> isOld(lane, now))
                .map(lane -> new Finding(
                                Finding.BACKLOG,
                                "in queue " + lane.queue() + " a job of type "
                                        + lane.lane().type() + " has been ready since " + lane.oldest()
                                        + ", and no gate holds it: the workers do not keep up",
                                "look at the jobs that run; raise worker.threads in etc/io.jobyard.worker.cfg")
                        .with(Remedy.Kind.RUNNING_JOBS.any()))
                .stream()
                .toList();
    }

    private static boolean isOld(LaneView lane, Instant now) {
        return Duration.between(Objects.requireNonNull(lane.oldest()), now).compareTo(LONG) >= 0;
    }
}
