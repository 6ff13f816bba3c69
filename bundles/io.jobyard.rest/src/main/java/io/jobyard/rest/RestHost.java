// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.schedules.ScheduleManagers;
import io.jobyard.spi.store.IdempotentSubmission;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The services that requests ask. */
@Component(service = RestHost.class)
public final class RestHost {

    final Access access;
    final AuditTrail audit;
    final SizeLimits sizes;
    final HandlerCatalog handlers;
    final HostStore hosts;
    final JobEnds ends;
    final LiveStreams streams;
    final IdempotentSubmission once;
    final SignIn signIn;
    final Identities identities;
    final Clock clock;
    private final JobManagers managers;
    private final StatusReporters reporters;
    private final ScheduleManagers schedules;

    @Activate
    public RestHost(
            @Reference JobManagers managers,
            @Reference StatusReporters reporters,
            @Reference ScheduleManagers schedules,
            @Reference Access access,
            @Reference AuditTrail audit,
            @Reference SizeLimits sizes,
            @Reference HandlerCatalog handlers,
            @Reference HostStore hosts,
            @Reference JobEnds ends,
            @Reference LiveStreams streams,
            @Reference IdempotentSubmission once,
            @Reference SignIn signIn,
            @Reference Identities identities,
            @Reference Clock clock) {
        this.managers = managers;
        this.reporters = reporters;
        this.schedules = schedules;
        this.access = access;
        this.audit = audit;
        this.sizes = sizes;
        this.handlers = handlers;
        this.hosts = hosts;
        this.ends = ends;
        this.streams = streams;
        this.once = once;
        this.signIn = signIn;
        this.identities = identities;
        this.clock = clock;
    }

    JobManager jobs(Caller caller) {
        return managers.of(caller);
    }

    /** For changes to a job only if it is still as it was read. */
    JobManager jobs(Caller caller, Job seen) {
        return managers.of(caller, seen);
    }

    StatusReporter status(Caller caller) {
        return reporters.of(caller);
    }

    ScheduleManager schedules(Caller caller) {
        return schedules.of(caller);
    }
}
