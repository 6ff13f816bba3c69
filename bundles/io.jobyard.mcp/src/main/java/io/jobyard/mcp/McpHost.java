// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.store.IdempotentSubmission;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Holds the protocol for all that carries it. */
@Component(service = McpHost.class)
public final class McpHost {

    private final McpProtocol protocol;

    @Activate
    public McpHost(
            BundleContext context,
            @Reference JobManagers jobs,
            @Reference StatusReporters reporters,
            @Reference HandlerCatalog handlers,
            @Reference Access access,
            @Reference IdempotentSubmission once,
            @Reference Subscriptions listening,
            @Reference TaskWaits waits,
            @Reference McpSettingsComponent settings) {
        this(new McpProtocol(
                new McpServices(jobs, reporters, new ToolCatalog(handlers, access), once, listening, waits),
                settings::current,
                context.getBundle().getVersion().toString()));
    }

    McpHost(McpProtocol protocol) {
        this.protocol = protocol;
    }

    McpProtocol protocol() {
        return protocol;
    }
}
