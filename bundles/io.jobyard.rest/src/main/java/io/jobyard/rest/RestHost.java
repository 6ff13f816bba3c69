// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.StatusReporter;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.store.IdempotentSubmission;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Services that requests use. */
@Component(service = RestHost.class)
public final class RestHost {

    final Operations operations;
    final Access access;
    final SizeLimits sizes;
    final LiveStreams streams;
    final IdempotentSubmission once;
    final Clock clock;
    private final StatusReporters reporters;
    private volatile RouteTable routes;

    @Activate
    public RestHost(
            @Reference Operations operations,
            @Reference StatusReporters reporters,
            @Reference Access access,
            @Reference SizeLimits sizes,
            @Reference LiveStreams streams,
            @Reference IdempotentSubmission once,
            @Reference Clock clock) {
        this.operations = operations;
        this.reporters = reporters;
        this.access = access;
        this.sizes = sizes;
        this.streams = streams;
        this.once = once;
        this.clock = clock;
        routes = RouteTable.of(operations.all());
    }

    /** Returns the routes of the operations that exist now. */
    RouteTable routes() {
        if (routes.operations() != operations.all()) {
            routes = RouteTable.of(operations.all());
        }
        return routes;
    }

    StatusReporter status(Caller caller) {
        return reporters.of(caller);
    }
}
