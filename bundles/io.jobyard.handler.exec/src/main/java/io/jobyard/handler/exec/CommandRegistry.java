// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects the commands that are configured, each a component. */
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

    /** What holds for a command now; throws if there is none of that name, or none that was ever right. */
    CommandSettings require(String name) {
        ConfiguredCommand command = commands.stream()
                .filter(each -> each.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentException("there is no command " + name + ": write etc/"
                        + CommandSettings.FACTORY + "-" + name + ".cfg with command = [\"PROGRAM\", \"ARGUMENT\"]"));
        CommandSettings settings = command.current();
        if (settings.template() == null) {
            throw new PermanentException(
                    "command " + name + ": " + command.name().fault());
        }
        return settings;
    }
}
