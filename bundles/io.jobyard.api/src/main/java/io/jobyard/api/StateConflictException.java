// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The job's state does not allow the operation. Nothing was changed. */
public final class StateConflictException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StateConflictException(String message) {
        super("state_conflict", message, null);
    }
}
