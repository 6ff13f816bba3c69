// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Operations;
import java.util.Hashtable;
import java.util.LinkedHashMap;
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

/** Offers Gogo a command for each operation of another bundle while the operation exists. */
@Component(service = ContributedCommands.class, immediate = true)
public final class ContributedCommands {

    private final BundleContext context;
    private final ShellServices host;
    private final Operations operations;
    private final Map<Operation, ServiceRegistration<Function>> registered = new LinkedHashMap<>();
    private final Runnable unheard;

    @Activate
    public ContributedCommands(BundleContext context, @Reference ShellServices host, @Reference Operations operations) {
        this.context = context;
        this.host = host;
        this.operations = operations;
        unheard = operations.onChange(this::follow);
        follow();
    }

    /** Returns the operations of other bundles whose command name does not conflict with another. */
    static List<Operation> operations(Operations operations) {
        return operations.contributed().stream()
                .filter(each -> Commands.find(Commands.ALL, OperationCommand.command(each).name)
                        .isEmpty())
                .toList();
    }

    private synchronized void follow() {
        List<Operation> now = operations(operations);
        registered.entrySet().removeIf(each -> {
            boolean isGone = !now.contains(each.getKey());
            if (isGone) {
                each.getValue().unregister();
            }
            return isGone;
        });
        now.forEach(each -> registered.computeIfAbsent(each, this::register));
    }

    private ServiceRegistration<Function> register(Operation operation) {
        CommandEntry entry = CommandEntry.of(OperationCommand.command(operation));
        return context.registerService(
                Function.class,
                CommandFunction.of(entry, host),
                new Hashtable<>(Map.of(
                        CommandProcessor.COMMAND_SCOPE, "job", CommandProcessor.COMMAND_FUNCTION, entry.function())));
    }

    /** Removes the commands from Gogo. */
    @Deactivate
    public synchronized void unregister() {
        unheard.run();
        registered.values().forEach(ServiceRegistration::unregister);
        registered.clear();
    }
}
