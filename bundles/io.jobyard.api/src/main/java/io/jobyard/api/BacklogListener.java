// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of backlog alerts, on the host that is the leader. Registered as a service. One that throws harms nobody; one that waits
 * holds the backlog alerts up.
 */
@ConsumerType
public interface BacklogListener {

    /** A backlog alert was passed, or that is over. */
    void seen(BacklogEvent event);
}
