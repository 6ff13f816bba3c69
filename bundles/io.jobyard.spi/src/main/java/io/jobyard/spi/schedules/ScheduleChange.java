// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of one schedule, and the jobs that come of it: one commit.
 *
 * @param before as it was when the change was decided; null if it is new
 * @param after as it is then, with the next version; null if it goes
 * @param jobs what is admitted with it, each with its fire
 * @param audit what the audit says of it; null if nothing. Only such a change is told to the listeners
 */
public record ScheduleChange(
        @Nullable StoredSchedule before,
        @Nullable StoredSchedule after,
        List<AdmittedJob> jobs,
        @Nullable AuditEntry audit) {

    public ScheduleChange {
        jobs = List.copyOf(jobs);
    }

    /** Which schedule. */
    public String name() {
        return Objects.requireNonNull(before == null ? after : before, "a change of nothing")
                .name();
    }
}
