// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The job is not as it was when it was read, and only then was something to be done to it. Nothing was changed. */
public final class JobChangedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Says which. */
    public JobChangedException(JobId id) {
        super(
                "precondition_failed",
                "job " + id + " has changed since it was read; read it again, and decide anew",
                null);
    }
}
