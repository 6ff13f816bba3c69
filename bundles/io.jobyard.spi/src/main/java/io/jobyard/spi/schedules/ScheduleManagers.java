// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.ScheduleManager;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Schedule managers for callers that an interface of the host has authenticated. */
@FunctionalInterface
@ProviderType
public interface ScheduleManagers {

    /** Returns the service of one caller. */
    ScheduleManager of(Caller caller);
}
