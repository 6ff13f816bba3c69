// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobTerms;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.CanaryRules;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.TypeRules;
import io.jobyard.api.spi.hosting.ServingHost;

/** Says which jobs go to the canary of their type, and which runs were there. Waits for no lock. Safe for use by several threads. */
final class CanaryJobs {

    private final HandlerCatalog handlers;
    private final QueueManager queue;

    CanaryJobs(HandlerCatalog handlers, QueueManager queue) {
        this.handlers = handlers;
        this.queue = queue;
    }

    /** A job that has failed, or whose host was lost, goes there no more. */
    boolean takes(StoredJob job, ServingHost on) {
        if (on.canary() == null
                || job.job().state().attempt() > 0
                || job.books().losses() > 0) {
            return false;
        }
        CanaryRules rules = handlers.typeRules()
                .getOrDefault(job.job().type(), TypeRules.NONE)
                .canary();
        return rules != null
                && rules.takes(job.job())
                && !queue.isSteppedBack(job.job().type());
    }

    /** Whether a run was there, and its job can be tried on another version. */
    boolean had(Assignment run) {
        Job job = run.stored().job();
        JobTerms terms = job.terms();
        return run.handler() != null
                && handlers.canary(terms.type(), terms.handlerVersion())
                        .filter(run.handler()::equals)
                        .isPresent();
    }
}
