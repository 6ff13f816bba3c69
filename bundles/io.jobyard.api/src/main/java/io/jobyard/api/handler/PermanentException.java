// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import org.jspecify.annotations.Nullable;

/** Thrown by a handler if another attempt would fail in the same way. The job fails immediately. */
public class PermanentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message error text for users
     */
    public PermanentException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message error text for users
     * @param cause the underlying exception
     */
    public PermanentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
