// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** Thrown if the other side answered a {@link Callback} with a failure. The job fails permanently if the handler does not catch it. */
public class CallbackFailedException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message error text of the other side
     */
    public CallbackFailedException(String message) {
        super(message);
    }
}
