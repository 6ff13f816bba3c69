// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

/** Exception for a problem that the user can fix. Its message is printed as one line. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }
}
