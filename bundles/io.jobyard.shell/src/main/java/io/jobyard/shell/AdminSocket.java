// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.Instance;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the commands to Gogo, and then opens the admin socket. Both wait for the services that take and report jobs:
 * that the socket answers means that the host takes jobs.
 */
@Component
public final class AdminSocket {

    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    private final List<ServiceRegistration<Function>> commands;
    private final @Nullable ShellServer server;

    @Activate
    public AdminSocket(
            BundleContext context,
            @Reference Instance instance,
            @Reference CommandProcessor processor,
            @Reference CommandHost host)
            throws IOException {
        commands = Commands.ALL.stream()
                .map(each -> context.registerService(
                        Function.class,
                        new CommandFunction(each.command(), host),
                        new Hashtable<>(Map.of(
                                CommandProcessor.COMMAND_SCOPE,
                                "job",
                                CommandProcessor.COMMAND_FUNCTION,
                                each.function()))))
                .toList();
        if (instance.isNamed()) {
            CompletionValues values = new CompletionValues(host.users.statusOfAll(), host.configurations);
            server = new ShellServer(instance.data(), new GogoSessions(processor, new Completion(values)));
        } else {
            LOG.info("There is no admin socket, because the framework property {} is not set", Instance.PROPERTY);
            server = null;
        }
    }

    /** Ends all sessions and removes the socket. */
    @Deactivate
    public void stop() {
        if (server != null) {
            server.stop();
        }
        commands.forEach(ServiceRegistration::unregister);
    }
}
