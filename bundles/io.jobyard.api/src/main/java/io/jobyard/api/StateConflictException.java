// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The job is not in a state in which this can be done. Nothing was changed. */
public final class StateConflictException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Says what happened. */
    public StateConflictException(String message) {
        super("state_conflict", message, null);
    }
}
