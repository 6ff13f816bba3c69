// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.spi.JobManagers;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.ScheduleStore;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Services of the host that schedules need. */
@Component(service = ScheduleServices.class)
public record ScheduleServices(
        ScheduleStore store, JobReads reads, FireAdmission admission, JobManagers managers, Clock clock) {

    @Activate
    public ScheduleServices(
            @Reference ScheduleStore store,
            @Reference JobReads reads,
            @Reference FireAdmission admission,
            @Reference JobManagers managers,
            @Reference Clock clock) {
        this.store = store;
        this.reads = reads;
        this.admission = admission;
        this.managers = managers;
        this.clock = clock;
    }
}
