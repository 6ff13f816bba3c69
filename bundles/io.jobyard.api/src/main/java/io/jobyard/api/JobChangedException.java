// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The job has changed since it was read, and the request required that it had not. Nothing was changed. */
public final class JobChangedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Says which. */
    public JobChangedException(JobId id) {
        super("precondition_failed", "job " + id + " has changed since it was read; read it again, then decide", null);
    }
}
