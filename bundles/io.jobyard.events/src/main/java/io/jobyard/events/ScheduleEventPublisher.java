// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Publisher of schedule events to Event Admin, in order. */
@Component
public final class ScheduleEventPublisher implements ScheduleListener {

    private final EventAdmin admin;

    @Activate
    public ScheduleEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Posts without waiting: no subscriber may delay schedules. */
    @Override
    public void seen(ScheduleEvent event) {
        admin.postEvent(Topics.event(event));
    }
}
