// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The caller may not do this. Nothing was changed. */
public final class AccessException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, what it means, what to do
     */
    public AccessException(String message) {
        super("access", message, null);
    }
}
