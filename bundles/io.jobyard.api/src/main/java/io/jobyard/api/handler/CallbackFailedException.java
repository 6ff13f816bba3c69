// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** Thrown if a caller answered a {@link Callback} with a failure. The job fails permanently if the handler does not catch it. */
public class CallbackFailedException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message error text from the caller that answered the callback
     */
    public CallbackFailedException(String message) {
        super(message);
    }
}
