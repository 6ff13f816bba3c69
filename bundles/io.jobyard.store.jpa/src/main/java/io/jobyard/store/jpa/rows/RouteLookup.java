// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.jobs.StoredJob;
import org.jspecify.annotations.Nullable;

/** Determines the queues of jobs, while a routing is available. */
public final class RouteLookup {

    private volatile @Nullable Routing routing;

    public void ask(@Nullable Routing who) {
        routing = who;
    }

    /** Returns the queue to which a job without a queue is routed; null for a job with a queue, or without a routing. */
    @Nullable
    public String routed(StoredJob job) {
        Routing now = routing;
        return now == null || job.queue() != null ? null : now.route(job.job().type());
    }
}
