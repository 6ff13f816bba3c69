// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.HandlerName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Host that starts a job.
 *
 * @param incarnation ID of the incarnation, new at each start
 * @param host name and process of the host, for example {@code build-7:4711}
 * @param handler handler of the job; null if it was removed before the start
 * @param canary handler if the job belongs to the canary; null without one
 */
public record ServingHost(
        UUID incarnation,
        String host,
        @Nullable HandlerName handler,
        @Nullable HandlerName canary) {

    /** Returns a copy with the canary's handler. */
    public ServingHost withCanary() {
        return new ServingHost(incarnation, host, canary, canary);
    }
}
