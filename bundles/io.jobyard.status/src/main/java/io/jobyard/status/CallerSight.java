// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.queue.LimitSight;

/** Data that one caller may see. */
final class CallerSight {

    final Caller caller;
    final Access access;
    final StatusReporterComponent all;
    final LimitSight sight;
    private final boolean isHost;

    /** Creates a sight. With {@code isHost}, nothing is hidden. */
    CallerSight(Caller caller, Access access, StatusReporterComponent all, boolean isHost) {
        this.caller = caller;
        this.access = access;
        this.all = all;
        this.isHost = isHost;
        sight = all.sight(caller);
    }

    boolean seesAll() {
        return allows(AccessRule.VIEW, false);
    }

    boolean allows(AccessRule operation, boolean isOwn) {
        return access.allows(caller, operation, isOwn);
    }

    void require(AccessRule operation) {
        access.require(caller, operation);
    }

    void require(AccessRule operation, Job job) {
        access.require(caller, operation, job);
    }

    void require(AccessRule operation, String owner, String what) {
        access.require(caller, operation, owner, what);
    }

    /** Returns the id after a check. Reads the job only if the caller may not see all jobs. */
    JobId seen(JobId id) {
        return seesAll() ? id : whole(id).id();
    }

    /** Returns the job with values of limits that the caller may not see. */
    Job whole(JobId id) {
        Job job = all.jobs.status(id);
        require(AccessRule.VIEW, job);
        return job;
    }

    /** Restricts a filter to the jobs that the caller may see. */
    JobFilter seen(JobFilter filter) {
        if (seesAll()) {
            return filter;
        }
        require(AccessRule.OVERVIEW);
        for (String submitter : filter.submitters()) {
            if (!submitter.equals(caller.name())) {
                require(AccessRule.VIEW, submitter, "jobs");
            }
        }
        return filter.withSubmitter(caller.name());
    }

    boolean isOwn(Job job) {
        return job.submitter().equals(caller.name());
    }

    /** Returns whether the job's payload and result are hidden completely. */
    boolean isHidden(JobId id) {
        return !allows(AccessRule.PAYLOAD, false) && !allows(AccessRule.PAYLOAD, isOwn(all.jobs.status(id)));
    }

    /** Returns the hidden fields of the job. Throws an exception if the whole job is hidden. */
    HiddenFields of(JobId id) {
        boolean others = allows(AccessRule.PAYLOAD, false);
        if (isHost || others && !all.hidesFields()) {
            return HiddenFields.NONE;
        }
        Job job = all.jobs.status(id);
        require(AccessRule.PAYLOAD, job);
        return isOwn(job) ? HiddenFields.NONE : all.hiddenFields(job.type());
    }
}
