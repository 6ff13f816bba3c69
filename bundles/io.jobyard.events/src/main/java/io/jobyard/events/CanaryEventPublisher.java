// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.CanaryListener;
import io.jobyard.api.CanaryStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Tells Event Admin that the canary of a type rolled back. */
@Component
public final class CanaryEventPublisher implements CanaryListener {

    private final EventAdmin admin;

    @Activate
    public CanaryEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for nobody: commits come after it. */
    @Override
    public void rolledBack(CanaryStatus canary) {
        admin.postEvent(Topics.rolledBack(canary));
    }
}
