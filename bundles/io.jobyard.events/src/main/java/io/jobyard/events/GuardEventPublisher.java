// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.GuardEvent;
import io.jobyard.api.GuardListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Passes on to Event Admin that guards are passed, and that it is over. */
@Component
public final class GuardEventPublisher implements GuardListener {

    private final EventAdmin admin;

    @Activate
    public GuardEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for nobody: no subscriber is to hold guards up. */
    @Override
    public void seen(GuardEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
