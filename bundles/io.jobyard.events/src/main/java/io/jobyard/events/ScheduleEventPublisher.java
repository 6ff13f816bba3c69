// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Passes on to Event Admin what becomes of the times of schedules, in order. */
@Component
public final class ScheduleEventPublisher implements ScheduleListener {

    private final EventAdmin admin;

    @Activate
    public ScheduleEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for nobody: no subscriber is to hold schedules up. */
    @Override
    public void seen(ScheduleEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
