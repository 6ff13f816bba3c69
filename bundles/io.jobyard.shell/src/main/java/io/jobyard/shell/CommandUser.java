// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The user for whom a command speaks: the session's own, or that of {@code --as}.
 *
 * @param host what the host offers
 * @param as the user of {@code --as}; null if there is none
 * @param screen the session's
 */
record CommandUser(ShellServices host, @Nullable String as, Screen screen) {

    JobManager jobs() {
        JobManager own = host.managers.of(screen.caller());
        return as == null ? own : own.as(as);
    }

    StatusReporter status() {
        StatusReporter own = host.reporters.of(screen.caller());
        return as == null ? own : own.as(as);
    }

    ScheduleManager schedules() {
        ScheduleManager own = host.schedules().of(screen.caller());
        return as == null ? own : own.as(as);
    }

    AuditTrail audit() {
        return host.audit;
    }

    Clock clock() {
        return host.clock;
    }

    Instant now() {
        return host.clock.instant();
    }

    /** Throws if the user may not do it. */
    void require(AccessRule operation) {
        host.access.require(caller(), operation);
    }

    /** Whether the user may do it to everybody's jobs. */
    boolean may(AccessRule operation) {
        return host.access.allows(caller(), operation, false);
    }

    /** Whether the user may see the job. */
    boolean mayView(Job job) {
        return host.access.allows(caller(), AccessRule.VIEW, job.submitter().equals(caller().name()));
    }

    /** Throws if the user may not maintain the store. Writes to the audit before the work, which may end the host. */
    void maintain(String action, String target) {
        require(AccessRule.MAINTAIN);
        audit(action, target, "");
    }

    /** Writes to the audit what the user does. */
    void audit(String action, String target, String detail) {
        host.audit.add(new AuditEntry(now(), caller().inFull(), action, target, detail));
    }

    /** For whom it speaks. Throws if the session may not speak for others. */
    Caller caller() {
        if (as == null) {
            return screen.caller();
        }
        host.access.require(screen.caller(), AccessRule.IMPERSONATE);
        return screen.caller().as(as);
    }
}
