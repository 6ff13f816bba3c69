// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.ScheduleManager;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** The schedule managers of callers that a face of the host has itself made sure of. */
@FunctionalInterface
@ProviderType
public interface ScheduleManagers {

    /** The service of one caller. */
    ScheduleManager of(Caller caller);
}
