// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Publisher of backlog alerts, and of their ends, to Event Admin. */
@Component
public final class BacklogEventPublisher implements BacklogListener {

    private final EventAdmin admin;

    @Activate
    public BacklogEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Posts without waiting: no subscriber may delay backlog alerts. */
    @Override
    public void seen(BacklogEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
