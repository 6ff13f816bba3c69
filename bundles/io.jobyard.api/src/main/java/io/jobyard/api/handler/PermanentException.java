// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import org.jspecify.annotations.Nullable;

/** Thrown by a handler when another attempt would fail the same way: the job fails at once. */
public class PermanentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message for the person who reads the job's error
     */
    public PermanentException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message for the person who reads the job's error
     * @param cause the underlying exception
     */
    public PermanentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
