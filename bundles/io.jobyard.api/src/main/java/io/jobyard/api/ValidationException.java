// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Something in the call is wrong. Nothing was changed; mend the call and try again. */
public final class ValidationException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, what it means, what to do
     */
    public ValidationException(String message) {
        super("validation", message, null);
    }
}
