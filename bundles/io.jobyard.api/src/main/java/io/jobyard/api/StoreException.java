// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/** Thrown if the store cannot answer. Retry the request; a change that failed was not stored. */
public final class StoreException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param cause exception of the database; null for none
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super("store", message, cause);
    }
}
