// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

/** A fault that a person can mend. The message is the one line that is printed. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }
}
