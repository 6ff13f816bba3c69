// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.doubles.Stub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class RegisteredCommandsTest {

    @TempDir
    Path directory;

    private final List<Object> registered = new ArrayList<>();
    private int most = Integer.MAX_VALUE;

    @Test
    void allCommandsAreThereUntilTheyAreUnregistered() {
        RegisteredCommands commands = register();
        assertThat(registered).hasSize(50).contains("submit", "help", "list").doesNotHaveDuplicates();
        commands.unregister();
        assertThat(registered).isEmpty();
    }

    @Test
    void noneStaysIfOneCannotBeRegistered() {
        most = 5;
        assertThatThrownBy(this::register).hasMessage("no more");
        assertThat(registered).isEmpty();
    }

    private RegisteredCommands register() {
        BundleContext context = Stub.<BundleContext>of(BundleContext.class)
                .on("registerService", arguments -> {
                    if (registered.size() == most) {
                        throw new IllegalStateException("no more");
                    }
                    Object name = ((Dictionary<?, ?>) arguments[2]).get(CommandProcessor.COMMAND_FUNCTION);
                    registered.add(name);
                    return Stub.<ServiceRegistration<?>>of(ServiceRegistration.class)
                            .on("unregister", none -> registered.remove(name) ? null : null)
                            .get();
                })
                .get();
        return new RegisteredCommands(context, new TestShell(directory).host);
    }
}
