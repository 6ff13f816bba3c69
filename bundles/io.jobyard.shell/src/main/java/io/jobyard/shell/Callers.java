// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobManagers;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.StatusReporters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For whom a command speaks: the session's own user, who is the local administrator, or the user of {@code --as}. */
@Component(service = Callers.class)
public final class Callers {

    private final JobManagers managers;
    private final StatusReporters reporters;
    private final Access access;

    /**
     * Made by Declarative Services.
     *
     * @param managers take jobs
     * @param reporters tell about them
     * @param access says who may do what neither of the two does
     */
    @Activate
    public Callers(@Reference JobManagers managers, @Reference StatusReporters reporters, @Reference Access access) {
        this.managers = managers;
        this.reporters = reporters;
        this.access = access;
    }

    JobManager jobs(UserOptions options, Screen screen) {
        JobManager own = managers.of(administrator(screen));
        return options.as == null ? own : own.as(options.as);
    }

    StatusReporter status(UserOptions options, Screen screen) {
        StatusReporter own = reporters.of(administrator(screen));
        return options.as == null ? own : own.as(options.as);
    }

    /** Refuses what the user may not do. */
    void require(Operation operation, UserOptions options, Screen screen) {
        Caller own = administrator(screen);
        access.require(options.as == null ? own : own.as(options.as), operation);
    }

    /** What completion may offer to whoever has the socket. */
    StatusReporter statusOfAll() {
        return reporters.of(Caller.administrator(System.getProperty("user.name")));
    }

    private static Caller administrator(Screen screen) {
        return Caller.administrator(screen.user());
    }
}
