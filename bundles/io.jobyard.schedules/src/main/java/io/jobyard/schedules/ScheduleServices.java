// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.spi.JobManagers;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.ScheduleStore;
import java.time.Clock;

/** What schedules ask of the host. */
record ScheduleServices(
        ScheduleStore store, JobReads reads, FireAdmission admission, JobManagers managers, Clock clock) {}
