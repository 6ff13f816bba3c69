// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Publisher of crossed budget warning thresholds to Event Admin. */
@Component
public final class LimitEventPublisher implements LimitListener {

    private final EventAdmin admin;

    @Activate
    public LimitEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Posts without waiting: no subscriber may delay the store. */
    @Override
    public void passed(LimitEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
