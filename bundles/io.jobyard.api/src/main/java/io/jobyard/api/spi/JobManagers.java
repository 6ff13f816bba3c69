// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.JobManager;
import org.osgi.annotation.versioning.ProviderType;

/** The job managers of callers that a face of the host has itself made sure of. Safe for use by several threads. */
@FunctionalInterface
@ProviderType
public interface JobManagers {

    /**
     * The service of one caller.
     *
     * @param caller who asks
     * @return a service that does what the caller may do
     */
    JobManager of(Caller caller);
}
