// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

/** Something a person can mend. The message is the one line that the person gets. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }
}
