// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** The status reporters of callers that a face of the host has itself made sure of. */
@FunctionalInterface
@ProviderType
public interface StatusReporters {

    /**
     * The service of one caller.
     *
     * @return a service that tells what the caller may see
     */
    StatusReporter of(Caller caller);

    /**
     * The service of the host itself, for what it writes without anybody asking: nothing is hidden from it.
     *
     * @return a service that tells everything
     */
    default StatusReporter ofHost() {
        return of(Caller.administrator(HistoryEvent.HOST));
    }
}
