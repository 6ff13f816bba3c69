// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleManager;
import io.jobyard.spi.access.Caller;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Schedule manager of one calling bundle, which owns the schedules that it adds. */
@Component(service = ScheduleManager.class, scope = ServiceScope.BUNDLE)
public final class ScheduleManagerComponent extends ScheduleOperations {

    @Activate
    public ScheduleManagerComponent(ComponentContext context, @Reference SchedulesComponent schedules) {
        super(schedules.of(Caller.bundle(context.getUsingBundle().getSymbolicName())));
    }
}
