// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if a request has the key of an earlier request with different content. Nothing was stored. */
public final class IdempotencyKeyException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public IdempotencyKeyException(String message) {
        super("idempotency_key", message, null);
    }
}
