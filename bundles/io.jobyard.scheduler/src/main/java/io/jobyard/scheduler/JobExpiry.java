// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;

/** End of a job that did not finish in time. */
final class JobExpiry {

    private JobExpiry() {}

    static Move expire(StoredJob job, Instant now, Collection<JobId> children) {
        boolean queued = job.job().status() == JobStatus.QUEUED;
        return new MoveBuilder(job, queued ? LifeCycle.QUEUED_EXPIRED : LifeCycle.WAITING_EXPIRED, now)
                .error("expired at " + job.job().terms().times().expiry() + whileWaiting(job))
                .letsGo(children)
                .move();
    }

    private static String whileWaiting(StoredJob job) {
        JobState state = job.job().state();
        String waits = state.reason() == null
                ? null
                : switch (state.reason()) {
                    case SIGNAL -> "it waited for a signal";
                    case CALLBACK -> "it waited for a callback";
                    case CHILDREN -> "it waited for its children";
                    case SLEEP -> "its handler slept";
                    default -> null;
                };
        if (waits != null) {
            boolean isDeadline = Objects.equals(
                    job.job().terms().times().deadline(),
                    job.job().terms().times().expiry());
            return (isDeadline ? ", its deadline, while " : " while ") + waits;
        }
        return state.run().number() == 0 ? " before it could start" : " while waiting for its next attempt";
    }

    static boolean isExpired(StoredJob job, Instant now) {
        Instant expires = job.job().terms().times().expiry();
        return expires != null && !expires.isAfter(now);
    }
}
