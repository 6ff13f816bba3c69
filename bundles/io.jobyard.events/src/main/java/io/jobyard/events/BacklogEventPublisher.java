// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Passes on to Event Admin that backlog alerts are passed, and that it is over. */
@Component
public final class BacklogEventPublisher implements BacklogListener {

    private final EventAdmin admin;

    @Activate
    public BacklogEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for nobody: no subscriber is to hold backlog alerts up. */
    @Override
    public void seen(BacklogEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
