// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Passes on to Event Admin that the warning thresholds of budgets are passed. */
@Component
public final class LimitEventPublisher implements LimitListener {

    private final EventAdmin admin;

    @Activate
    public LimitEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for nobody: no subscriber is to hold the store up. */
    @Override
    public void passed(LimitEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
