// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/** The store cannot answer. What was asked may be tried again; a change that was refused was not stored. */
public final class StoreException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what failed.
     *
     * @param cause what the database said; null if it said nothing
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super("store", message, cause);
    }
}
