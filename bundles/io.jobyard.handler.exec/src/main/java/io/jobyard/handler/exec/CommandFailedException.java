// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import org.jspecify.annotations.Nullable;

/**
 * Exception for a failed command that another attempt may complete. It has no stack trace, because the place of the
 * throw does not help.
 */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
