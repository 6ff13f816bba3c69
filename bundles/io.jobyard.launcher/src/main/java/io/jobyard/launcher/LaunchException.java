// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

/** Exception for a problem that the user can fix. Its message is printed as one line. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exit;

    LaunchException(String message) {
        this(message, 1);
    }

    LaunchException(String message, int exit) {
        super(message);
        this.exit = exit;
    }

    /** Returns the exit status of the program. */
    int exit() {
        return exit;
    }
}
