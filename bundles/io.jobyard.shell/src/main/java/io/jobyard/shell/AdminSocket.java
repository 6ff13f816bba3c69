// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Instance;
import java.io.IOException;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the admin socket once all commands are there, which themselves wait for the services that take and report jobs:
 * that the socket answers means that the host takes jobs.
 */
@Component(property = "commands.cardinality.minimum:Integer=" + AdminSocket.COMMANDS)
public final class AdminSocket {

    /** How many commands there are. */
    static final int COMMANDS = 27;

    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    private final @Nullable ShellServer server;

    @Activate
    public AdminSocket(
            @Reference Instance instance,
            @Reference CommandProcessor processor,
            @Reference CommandUsers users,
            @Reference Configurations configurations,
            @Reference(name = "commands", cardinality = ReferenceCardinality.AT_LEAST_ONE) List<JobCommand<?>> commands)
            throws IOException {
        if (instance.isNamed()) {
            server = new ShellServer(
                    instance.data(),
                    new GogoSessions(
                            processor, new Completion(new CompletionValues(users.statusOfAll(), configurations))));
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
    }
}
