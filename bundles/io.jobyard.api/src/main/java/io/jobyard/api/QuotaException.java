// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The host, or a limit of the caller's, takes no more just now. Nothing was changed; try again later. */
public final class QuotaException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Instant retryAt;

    /** Says what happened. */
    public QuotaException(String message) {
        this(message, null);
    }

    /**
     * Says what happened, and when to try again.
     *
     * @param retryAt when there is room again, if nobody else takes it; null if that is not known
     */
    public QuotaException(String message, @Nullable Instant retryAt) {
        super("quota", message, null);
        this.retryAt = retryAt;
    }

    /**
     * When to try again.
     *
     * @return when there is room again, if nobody else takes it; null if that is not known
     */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
