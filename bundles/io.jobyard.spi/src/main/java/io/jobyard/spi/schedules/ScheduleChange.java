// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Change of a schedule with the jobs that it creates, as one commit.
 *
 * @param before state that the change was based on; null for a new schedule
 * @param after state after the change, with the next version; null if the schedule is removed
 * @param jobs admitted jobs, each with its scheduled time
 * @param audit entry for the audit; null for none. Listeners are notified only of changes with an entry
 */
public record ScheduleChange(
        @Nullable StoredSchedule before,
        @Nullable StoredSchedule after,
        List<AdmittedJob> jobs,
        @Nullable AuditEntry audit) {

    public ScheduleChange {
        jobs = List.copyOf(jobs);
    }

    /** Returns the name of the schedule. */
    public String name() {
        return Objects.requireNonNull(before == null ? after : before, "a change of nothing")
                .name();
    }
}
