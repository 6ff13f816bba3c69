// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.reads.JobReads;

/** Check of privileged jobs that were admitted while no handler was known, and therefore without the check of the privilege. */
record PrivilegedRuns(JobReads reads, Access access) {

    /**
     * Checks a job. Reads the history only if the roles do not decide, because the name of the submitter does not show whether an
     * administrator submitted the job.
     */
    void require(Job job) {
        Caller submitter = Caller.job(job.submitter());
        if (!access.allowsType(submitter, job.type(), true) && !wasChecked(job)) {
            access.requireType(submitter, job.type(), true);
        }
    }

    /** Returns whether a handler was known at the submit, or at the latest submit that replaced the job. */
    private boolean wasChecked(Job job) {
        return reads.history(job.id()).stream()
                .filter(PrivilegedRuns::isSubmit)
                .reduce((earlier, later) -> later)
                .filter(submit -> submit.run().handler() != null)
                .isPresent();
    }

    private static boolean isSubmit(HistoryEvent event) {
        return event.from() == null || event.why().startsWith(ChangeDecisions.REPLACED);
    }
}
