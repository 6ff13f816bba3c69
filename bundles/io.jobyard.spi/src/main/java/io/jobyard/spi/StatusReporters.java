// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Status reporters for callers that an interface of the host has authenticated. */
@FunctionalInterface
@ProviderType
public interface StatusReporters {

    /** Returns the service that shows what a caller may see. */
    StatusReporter of(Caller caller);

    /** Returns the service of the host itself, which hides nothing, for output that no user requested. */
    default StatusReporter ofHost() {
        return of(Caller.administrator(HistoryEvent.HOST));
    }
}
