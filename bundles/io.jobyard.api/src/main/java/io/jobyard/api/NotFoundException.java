// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if an object that a caller names does not exist. */
public class NotFoundException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message text that names the missing object
     */
    public NotFoundException(String message) {
        super("not_found", message, null);
    }
}
