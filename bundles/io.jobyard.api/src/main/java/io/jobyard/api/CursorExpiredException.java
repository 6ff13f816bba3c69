// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Events behind a cursor are not kept any more: who asks has missed some. To go on, take {@link StatusReporter#newestCursor()},
 * then read how the jobs are now, then ask for events after that cursor.
 */
public final class CursorExpiredException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Says what happened. */
    public CursorExpiredException(String message) {
        super("cursor_expired", message, null);
    }
}
