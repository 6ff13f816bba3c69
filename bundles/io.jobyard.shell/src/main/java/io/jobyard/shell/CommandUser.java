// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * User for whom a command runs: the user of the session or of {@code --as}.
 *
 * @param host the services of the host
 * @param as the user of {@code --as}; null without it
 * @param screen the screen of the session
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

    AuditTrail audit() {
        return host.audit;
    }

    Clock clock() {
        return host.clock;
    }

    Instant now() {
        return host.clock.instant();
    }

    /** Throws an exception if the user may not run the operation. */
    void require(AccessRule operation) {
        host.access.require(caller(), operation);
    }

    /** Returns whether the user may run the operation for the jobs of all users. */
    boolean may(AccessRule operation) {
        return host.access.allows(caller(), operation, false);
    }

    /** Returns whether the user may see the job. */
    boolean mayView(Job job) {
        return host.access.allows(caller(), AccessRule.VIEW, job.submitter().equals(caller().name()));
    }

    /**
     * Throws an exception if the user may not maintain the store. Writes to the audit log before the work, because
     * the work may end the host.
     */
    void maintain(String action, String target) {
        require(AccessRule.MAINTAIN);
        audit(action, target, "");
    }

    /** Writes an action of the user to the audit log. */
    void audit(String action, String target, String detail) {
        host.audit.add(new AuditEntry(now(), caller().inFull(), action, target, detail));
    }

    /** Returns the caller for the host. Throws an exception if the session may not act as another user. */
    Caller caller() {
        if (as == null) {
            return screen.caller();
        }
        host.access.require(screen.caller(), AccessRule.IMPERSONATE);
        return screen.caller().as(as);
    }
}
