// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** The other side has answered a {@link Callback} with a failure. A handler that lets it pass fails for good. */
public class CallbackFailedException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what the other side said.
     *
     * @param message its words
     */
    public CallbackFailedException(String message) {
        super(message);
    }
}
