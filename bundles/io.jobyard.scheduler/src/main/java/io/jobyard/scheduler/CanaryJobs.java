// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.CanaryQueries;

/** Determines which jobs go to the canary of their type, and which runs used it. Takes no lock. */
final class CanaryJobs {

    private final HandlerCatalog handlers;
    private final CanaryQueries queue;

    CanaryJobs(HandlerCatalog handlers, CanaryQueries queue) {
        this.handlers = handlers;
        this.queue = queue;
    }

    /**
     * Returns whether a job starts on the canary of the host. A job that began on the canary stays there. A job never goes there if it
     * began elsewhere, left a canary, has failed, or lost its host.
     */
    boolean takes(StoredJob job, ServingHost on) {
        HandlerName canary = on.canary();
        if (canary == null) {
            return false;
        }
        String begunWith = job.job().state().run().begunWith();
        boolean wasThere = job.books().versions().canary();
        if (begunWith != null) {
            return wasThere
                    && begunWith.equals(canary.version())
                    && !queue.isRolledBack(job.job().type());
        } else if (wasThere
                || job.job().state().run().attempt() > 0
                || job.books().losses() > 0) {
            return false;
        }
        CanaryRules rules = handlers.typeRules()
                .getOrDefault(job.job().type(), TypeRules.NONE)
                .canary();
        return rules != null
                && rules.takes(job.job())
                && !queue.isRolledBack(job.job().type());
    }

    /** Returns the relation of a run of this host to its canary at its end, as far as this host knows. */
    CanaryRun of(Assignment run) {
        StoredJob job = run.stored();
        if (!job.books().versions().canary() || job.job().state().run().begunWith() == null) {
            return CanaryRun.NONE;
        }
        String type = job.job().type();
        return run.handler() != null && handlers.isCanary(type, run.handler()) ? CanaryRun.TRIED : CanaryRun.GONE;
    }

    /** Updates the relation with decisions that the leader has made meanwhile. May read the store. */
    CanaryRun judge(StoredJob job, CanaryRun run) {
        return run == CanaryRun.TRIED && queue.hasRolledBack(job.job().type()) ? CanaryRun.GONE : run;
    }
}
