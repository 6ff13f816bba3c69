// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Thrown if events after a cursor are no longer retained, so the caller has missed some. To continue, take {@link
 * StatusReporter#newestCursor()}, read the current jobs, and then request events after that cursor.
 */
public final class CursorExpiredException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public CursorExpiredException(String message) {
        super("cursor_expired", message, null);
    }
}
