// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobManagers;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.StatusReporters;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For whom a command speaks: the session's own user, or the user of {@code --as}. */
@Component(service = Callers.class)
public final class Callers {

    private final JobManagers managers;
    private final StatusReporters reporters;
    private final Access access;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param managers take jobs
     * @param reporters tell about them
     * @param access says who may do what neither of the two does
     * @param audit keeps what was done to the store
     * @param clock says when
     */
    @Activate
    public Callers(
            @Reference JobManagers managers,
            @Reference StatusReporters reporters,
            @Reference Access access,
            @Reference AuditTrail audit,
            @Reference Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.managers = managers;
        this.reporters = reporters;
        this.access = access;
    }

    JobManager jobs(UserOptions options, Screen screen) {
        JobManager own = managers.of(screen.caller());
        return options.as == null ? own : own.as(options.as);
    }

    StatusReporter status(UserOptions options, Screen screen) {
        StatusReporter own = reporters.of(screen.caller());
        return options.as == null ? own : own.as(options.as);
    }

    /** Refuses what the user may not do. */
    void require(Operation operation, UserOptions options, Screen screen) {
        access.require(caller(options, screen), operation);
    }

    /** Whether the user may do that to what is everybody's. */
    boolean may(Operation operation, UserOptions options, Screen screen) {
        return access.allows(caller(options, screen), operation, false);
    }

    /** Refuses who may not maintain the store. Else says in the audit that it begins, so that no end of the host hides it. */
    void maintain(String action, String target, UserOptions options, Screen screen) {
        Caller caller = caller(options, screen);
        access.require(caller, Operation.MAINTAIN);
        audit.add(new AuditEntry(clock.instant(), caller.inFull(), action, target, ""));
    }

    /** What completion may offer to whoever has the socket. */
    StatusReporter statusOfAll() {
        return reporters.of(Caller.administrator(System.getProperty("user.name")));
    }

    private Caller caller(UserOptions options, Screen screen) {
        if (options.as == null) {
            return screen.caller();
        }
        access.require(screen.caller(), Operation.IMPERSONATE);
        return screen.caller().as(options.as);
    }
}
