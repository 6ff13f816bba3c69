// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Publisher of each job status change to Event Admin, in order. */
@Component
public final class JobEventPublisher implements JobListener {

    private final EventAdmin admin;

    @Activate
    public JobEventPublisher(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    /** Waits for the subscribers, because Event Admin's own queue is unbounded. */
    @Override
    public void changed(JobEvent event) {
        if (event.change().from() != event.change().to()) {
            admin.sendEvent(Topics.event(event));
        }
    }
}
