// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for backlog alerts, on the leader. Registered as a service. A listener that throws an exception does not affect others; a
 * listener that blocks delays the backlog alerts.
 */
@ConsumerType
public interface BacklogListener {

    /** Reports the begin or the end of a backlog alert. */
    void seen(BacklogEvent event);
}
