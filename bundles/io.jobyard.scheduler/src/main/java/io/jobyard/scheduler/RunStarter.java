// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts runs. Safe for use by several threads. */
final class RunStarter {

    private final QueueManager queue;
    private final HandlerCatalog handlers;
    private final Decisions decisions;

    RunStarter(QueueManager queue, HandlerCatalog handlers, Decisions decisions) {
        this.queue = queue;
        this.handlers = handlers;
        this.decisions = decisions;
    }

    List<Assignment> claim(int max, Duration patience) throws InterruptedException {
        return queue.claim(max, patience, this::start);
    }

    private Move start(StoredJob job, Taken place) {
        LaneKey lane = place.lane();
        @Nullable
        HandlerName handler =
                handlers.serving(lane.type(), lane.handlerVersion()).orElse(null);
        return decisions.start(job, place.queue(), handler);
    }
}
