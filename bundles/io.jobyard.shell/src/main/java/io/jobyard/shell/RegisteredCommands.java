// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the commands to Gogo. */
@Component(service = RegisteredCommands.class, immediate = true)
public final class RegisteredCommands {

    private final List<ServiceRegistration<Function>> registered = new ArrayList<>();

    @Activate
    public RegisteredCommands(BundleContext context, @Reference ShellServices host) {
        try {
            Commands.ALL.forEach(each -> registered.add(context.registerService(
                    Function.class,
                    CommandFunction.of(each, host),
                    new Hashtable<>(Map.of(
                            CommandProcessor.COMMAND_SCOPE,
                            "job",
                            CommandProcessor.COMMAND_FUNCTION,
                            each.function())))));
        } catch (RuntimeException e) {
            unregister();
            throw e;
        }
    }

    /** Removes all commands from Gogo. */
    @Deactivate
    public void unregister() {
        registered.forEach(ServiceRegistration::unregister);
        registered.clear();
    }
}
