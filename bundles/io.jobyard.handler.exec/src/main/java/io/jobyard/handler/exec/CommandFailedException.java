// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import org.jspecify.annotations.Nullable;

/** A command that another attempt may get through. Where it was thrown helps nobody, so it has no stack trace. */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
