// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.store.JobRetention;
import io.jobyard.spi.store.StoreMaintenance;
import java.io.IOException;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the admin socket after the commands and their services have started, so that an answering socket means that
 * the host takes jobs. The commands are an unused parameter for this reason. A reference without a parameter would be
 * satisfied once the service is registered, before its constructor has run.
 */
@Component(
        reference = {
            @Reference(name = "maintenance", service = StoreMaintenance.class),
            @Reference(name = "retention", service = JobRetention.class),
            @Reference(name = "sizes", service = SizeLimits.class),
            @Reference(name = "handlers", service = HandlerCatalog.class)
        })
public final class AdminSocket {

    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    private final @Nullable ShellServer server;

    @Activate
    public AdminSocket(
            BundleContext context,
            @Reference Instance instance,
            @Reference CommandProcessor processor,
            @Reference StatusReporters reporters,
            @Reference Configurations configurations,
            @Reference RegisteredCommands commands,
            @Reference ShellServices host)
            throws IOException {
        if (instance.isNamed()) {
            // Completion is for the owner of the socket.
            Caller owner = Caller.administrator(System.getProperty("user.name"));
            CompletionValues values = new CompletionValues(reporters.of(owner), configurations);
            server = new ShellServer(instance.data(), new GogoSessions(processor, new Completion(values, host)));
        } else {
            LOG.info("No admin socket: the framework property {} is not set", Instance.PROPERTY);
            server = null;
        }
        LOG.info(
                "Jobyard takes jobs: version={} host={} java={} directory={}",
                context.getBundle().getVersion(),
                instance.host(),
                Runtime.version(),
                instance.directory());
    }

    /** Ends all sessions and removes the socket. */
    @Deactivate
    public void stop() {
        LOG.info("Shell stopped: the host is stopping or a service that the shell needs is gone");
        if (server != null) {
            server.stop();
        }
    }
}
