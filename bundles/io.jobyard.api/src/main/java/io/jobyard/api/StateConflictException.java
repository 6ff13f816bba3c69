// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if the state of the job, or of another object, does not allow the operation. Nothing was changed. */
public final class StateConflictException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StateConflictException(String message) {
        super("state_conflict", message, null);
    }
}
