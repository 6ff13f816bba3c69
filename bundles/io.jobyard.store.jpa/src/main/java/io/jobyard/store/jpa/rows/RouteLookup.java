// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.jobs.StoredJob;
import org.jspecify.annotations.Nullable;

/** Asks where jobs are routed, while there is somebody who knows it. */
public final class RouteLookup {

    private volatile @Nullable Routing routing;

    public void ask(@Nullable Routing who) {
        routing = who;
    }

    /** Where a job is routed that has no queue of its own; null for one that has, or if nobody knows. */
    @Nullable
    public String routed(StoredJob job) {
        Routing now = routing;
        return now == null || job.queue() != null ? null : now.route(job.job().type());
    }
}
