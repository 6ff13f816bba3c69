// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.JobVersions;
import org.jspecify.annotations.Nullable;

/**
 * Handler version that a payload is made for.
 *
 * @param handler the handler that would get the job at its submit; null if the type has none
 * @param form first version with the form of that handler's payloads; null if no migrator declares it
 */
record PayloadVersion(
        @Nullable HandlerName handler, @Nullable String form) {

    static PayloadVersion of(HandlerCatalog handlers, String type, @Nullable String range) {
        HandlerName handler = handlers.madeFor(type, range).orElse(null);
        return new PayloadVersion(
                handler,
                handler == null ? null : handlers.payloadForm(type, handler).orElse(null));
    }

    /** Returns the version to store with the job, so that it is known after the handler is removed. */
    JobVersions versions() {
        return new JobVersions(handler == null ? null : handler.version(), form, false);
    }
}
