// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Thrown if the host, or a quota of the caller, accepts no more now. Nothing was changed; try again later. */
public final class QuotaException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Instant retryAt;

    /** Creates the exception. */
    public QuotaException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with the time of the next attempt.
     *
     * @param retryAt time at which there is room again, unless other callers take it; null if unknown
     */
    public QuotaException(String message, @Nullable Instant retryAt) {
        super("quota", message, null);
        this.retryAt = retryAt;
    }

    /** {@return the time at which there is room again, unless other callers take it; null if unknown} */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
