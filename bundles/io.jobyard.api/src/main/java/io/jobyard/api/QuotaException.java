// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** The host, or a limit of the caller's, takes no more just now. Nothing was changed; try again later. */
public final class QuotaException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, what it means, what to do
     */
    public QuotaException(String message) {
        super("quota", message, null);
    }
}
