// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleManager;
import io.jobyard.spi.access.Caller;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The schedule manager of one calling bundle, whose schedules belong to it. */
@Component(service = ScheduleManager.class, scope = ServiceScope.BUNDLE)
public final class ScheduleManagerComponent extends ScheduleOperations {

    @Activate
    public ScheduleManagerComponent(ComponentContext context, @Reference SchedulesComponent schedules) {
        super(schedules.of(Caller.bundle(context.getUsingBundle().getSymbolicName())));
    }
}
