// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.jspecify.annotations.Nullable;

/**
 * Exception for a failed call that another attempt may complete. It has no stack trace, because the place of the throw
 * does not help.
 */
final class CallFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean wasSent;

    /** {@code wasSent}: whether the server may have received the request. */
    CallFailedException(String message, boolean wasSent, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.wasSent = wasSent;
    }

    boolean wasSent() {
        return wasSent;
    }
}
