// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobManager;
import io.jobyard.spi.access.Caller;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Job manager of one calling bundle, whose symbolic name is the submitter. */
@Component(service = JobManager.class, scope = ServiceScope.BUNDLE)
public final class JobManagerComponent extends ClientJobManager {

    @Activate
    public JobManagerComponent(ComponentContext context, @Reference SchedulerComponent scheduler) {
        super(Caller.bundle(context.getUsingBundle().getSymbolicName()), scheduler.engine());
    }
}
