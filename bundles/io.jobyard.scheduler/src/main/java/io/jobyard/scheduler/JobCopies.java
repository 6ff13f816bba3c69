// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.reads.JobReads;

/**
 * Specifications of existing jobs, to submit copies. A user who copies a job must be allowed to see all of it, because hidden parts would
 * be lost.
 */
record JobCopies(JobReads reads, HandlerCatalog handlers, Access access) {

    JobSpecification of(Job job, Caller caller) {
        access.require(caller, AccessRule.PAYLOAD, job);
        if (hides(HiddenFields.PAYLOAD, job, caller)) {
            throw new AccessException(
                    caller + " may not copy job " + job.id() + " of " + job.submitter() + ": the configuration of type "
                            + job.type() + " shows parts of its payload only to its submitter",
                    Permission.PAYLOAD.text());
        }
        return SpecificationCopy.of(job, reads.payload(job.id()).orElse("{}"));
    }

    /** Returns whether the configuration of the job's type hides results of steps from the caller. */
    boolean hidesSteps(Job job, Caller caller) {
        return hides(HiddenFields.STEPS, job, caller);
    }

    private boolean hides(String part, Job job, Caller caller) {
        HiddenFields hidden =
                handlers.typeRules().getOrDefault(job.type(), TypeRules.NONE).hidden();
        return !job.submitter().equals(caller.name()) && hidden.concern(part);
    }
}
