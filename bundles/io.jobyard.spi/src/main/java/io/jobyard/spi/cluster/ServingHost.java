// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.HandlerName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host that is to run a job.
 *
 * @param incarnation its id, fresh at each of its starts
 * @param host its name and process, such as {@code build-7:4711}
 * @param handler the handler that it does the job with; null if that was gone before the start
 * @param canary the handler that it does the job with if that is one of the canary's; null if there is none
 */
public record ServingHost(
        UUID incarnation,
        String host,
        @Nullable HandlerName handler,
        @Nullable HandlerName canary) {

    /** The same with the canary's handler. */
    public ServingHost withCanary() {
        return new ServingHost(incarnation, host, canary, canary);
    }
}
