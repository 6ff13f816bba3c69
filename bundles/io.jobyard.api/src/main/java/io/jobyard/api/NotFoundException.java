// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if what a caller names does not exist. */
public class NotFoundException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what does not exist
     */
    public NotFoundException(String message) {
        super("not_found", message, null);
    }
}
