// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobManagers;
import io.jobyard.api.spi.StatusReporters;
import io.jobyard.api.spi.auditing.AuditTrail;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Knows for whom a command speaks. */
@Component(service = CommandUsers.class)
public final class CommandUsers {

    final JobManagers managers;
    final StatusReporters reporters;
    final Access access;
    final AuditTrail audit;
    final Clock clock;

    @Activate
    public CommandUsers(
            @Reference JobManagers managers,
            @Reference StatusReporters reporters,
            @Reference Access access,
            @Reference AuditTrail audit,
            @Reference Clock clock) {
        this.managers = managers;
        this.reporters = reporters;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** For completion, which is offered to the owner of the socket. */
    StatusReporter statusOfAll() {
        return reporters.of(Caller.administrator(System.getProperty("user.name")));
    }
}
