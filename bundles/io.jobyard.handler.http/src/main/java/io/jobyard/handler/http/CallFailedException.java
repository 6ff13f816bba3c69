// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.jspecify.annotations.Nullable;

/** A call that another attempt may get through. Where it was thrown helps nobody, so it has no stack trace. */
final class CallFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean wasSent;

    /** {@code wasSent}: whether the other side may have got the request. */
    CallFailedException(String message, boolean wasSent, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.wasSent = wasSent;
    }

    boolean wasSent() {
        return wasSent;
    }
}
