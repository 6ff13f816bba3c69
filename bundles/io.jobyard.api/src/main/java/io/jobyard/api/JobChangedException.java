// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if a request requires an unchanged job, but the job has changed since it was read. Nothing was changed. */
public final class JobChangedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception for a job. */
    public JobChangedException(JobId id) {
        super("precondition_failed", "job " + id + " has changed since it was read; read it again, then decide", null);
    }
}
