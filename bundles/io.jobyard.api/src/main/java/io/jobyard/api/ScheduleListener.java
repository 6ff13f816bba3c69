// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what became of the times of schedules, after that is stored, on the host that saw to them. Registered as a service. One that
 * throws harms nobody; one that waits holds the schedules up.
 */
@ConsumerType
public interface ScheduleListener {

    /** Something became of times of a schedule. */
    void seen(ScheduleEvent event);
}
