// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the configured commands, each of which is a component. */
@Component(service = CommandRegistry.class)
public final class CommandRegistry {

    private final Set<ConfiguredCommand> commands = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCommand(ConfiguredCommand command) {
        commands.add(command);
    }

    void unbindCommand(ConfiguredCommand command) {
        commands.remove(command);
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /**
     * Returns the current settings of a command. Throws if no command has the name, or if its configuration was never
     * valid.
     */
    CommandSettings require(String name) {
        ConfiguredCommand command = commands.stream()
                .filter(each -> each.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentException("unknown command " + name + "; write etc/"
                        + CommandSettings.FACTORY + "-" + name + ".cfg with command = [\"PROGRAM\", \"ARGUMENT\"]"));
        CommandSettings settings = command.current();
        if (settings.template() == null) {
            throw new PermanentException(
                    "command " + name + ": " + command.name().fault());
        }
        return settings;
    }
}
