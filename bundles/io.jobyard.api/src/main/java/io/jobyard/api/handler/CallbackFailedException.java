// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** The other side has answered a {@link Callback} with a failure. A handler that lets it pass fails permanently. */
public class CallbackFailedException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message words of the other side
     */
    public CallbackFailedException(String message) {
        super(message);
    }
}
