// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunInput;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Handler that runs a configured program. */
@Component(service = {TypedJobHandler.class, Examiner.class})
@HandlesJob(
        value = "command",
        privileged = true,
        description = "Runs a program that an administrator has configured, and "
                + "returns its exit code and output. Its effects depend on the program.")
public final class Command implements TypedJobHandler<CommandPayload, CommandResult>, Examiner {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final CommandRegistry commands;
    private final CommandExecution host;

    @Activate
    public Command(@Reference CommandRegistry commands, @Reference Instance instance) {
        this(commands, instance, GRACE, MachineContainments::choose);
    }

    Command(CommandRegistry commands, Instance instance, Duration grace, CommandExecution.Chooser chooser) {
        this.commands = commands;
        host = new CommandExecution(new RunDirectories(instance.data()), grace, chooser);
    }

    @Deactivate
    public void stop() {
        host.stop();
    }

    /** Returns findings about the containment; none on a host without commands, which starts no processes. */
    @Override
    public List<Finding> examine() {
        return commands.isEmpty() ? List.of() : host.findings();
    }

    @Override
    public CommandResult handle(CommandPayload payload, JobContext context) throws Exception {
        CommandSettings settings = commands.require(payload.command());
        List<String> line = line(settings, payload.arguments() == null ? Map.of() : payload.arguments());
        long begun = System.nanoTime();
        CommandEnd end = host.run(new CommandCall(payload.command(), settings, line, payload.stdin()), context);
        requireOk(payload.command(), settings, end, context);
        return CommandResult.of(end, System.nanoTime() - begun);
    }

    private static List<String> line(CommandSettings settings, Map<String, String> values) {
        CommandTemplate template = settings.template();
        if (template == null) {
            throw new IllegalStateException("a command without a program was accepted");
        }
        List<String> line = template.filled(values);
        values.forEach((name, value) ->
                settings.rules().getOrDefault(name, ArgumentRule.ANY).check(name, value));
        NativeText.require(line, NativeText.charset());
        return line;
    }

    private static void requireOk(String name, CommandSettings settings, CommandEnd end, RunInput context)
            throws CommandFailedException {
        if (settings.ok().contains(end.exit())) {
            return;
        }
        String tail = end.errors().tail(context::redact);
        String told = "command " + name + " ended with exit status " + end.exit() + (tail.isEmpty() ? "" : ": " + tail);
        if (settings.retry().contains(end.exit())) {
            throw new CommandFailedException(told, null);
        }
        throw new PermanentException(told);
    }
}
