// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Claimed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts runs. Safe for use by several threads. */
final class RunStarter {

    private record Start(String queue, @Nullable HandlerName handler) {}

    private final JobRepository repository;
    private final QueueManager queue;
    private final HandlerCatalog handlers;
    private final Decisions decisions;

    RunStarter(JobRepository repository, QueueManager queue, HandlerCatalog handlers, Decisions decisions) {
        this.repository = repository;
        this.queue = queue;
        this.handlers = handlers;
        this.decisions = decisions;
    }

    List<Assignment> claim(int max, Duration patience) throws InterruptedException {
        List<Taken> taken = queue.take(max, patience);
        if (taken.isEmpty()) {
            return List.of();
        }
        Set<Taken> open = new LinkedHashSet<>(taken);
        try {
            return start(taken, open);
        } finally {
            if (!open.isEmpty()) {
                queue.putBack(List.copyOf(open));
            }
        }
    }

    /** Leaves in {@code open} those that stand in their lanes again. */
    private List<Assignment> start(List<Taken> taken, Set<Taken> open) {
        Map<Taken, Start> starts = new HashMap<>(); // before the claim: the rule must not wait for a lock of the queue
        for (Taken each : taken) {
            LaneKey lane = each.lane();
            starts.put(
                    each,
                    new Start(
                            queue.route(lane.queue(), lane.type()),
                            handlers.serving(lane.type(), lane.handlerVersion()).orElse(null)));
        }
        Claimed claimed = Futures.join(Futures.ask(() -> repository.claim(taken, (job, place) -> {
            Start start = starts.get(place);
            return decisions.start(job, start.queue(), start.handler());
        })));
        Set<JobId> started =
                claimed.runs().stream().map(run -> run.stored().id()).collect(Collectors.toSet());
        open.removeIf(place -> started.contains(place.place().id()));
        queue.forget(claimed.gone());
        open.removeAll(claimed.gone());
        return claimed.runs();
    }
}
