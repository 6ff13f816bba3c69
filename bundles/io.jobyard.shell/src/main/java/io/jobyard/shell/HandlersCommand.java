// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:handlers}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "handlers")
public final class HandlersCommand extends JobCommand<HandlersCommand.Line> {

    @Command(name = "job:handlers", description = "List the handlers, and the types that jobs wait for in vain.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public HandlersCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        List<HandlerStatus> handlers = status.handlers();
        if (options.json) {
            screen.json(Map.of(
                    "handlers", handlers.stream().map(HandlersCommand::json).toList()));
        } else if (handlers.isEmpty()) {
            screen.line("no handlers; drop a handler bundle into deploy/");
        } else {
            Table table = new Table("TYPE", "VERSION", "STATE", "RUNNING", "QUEUED", "BUNDLE");
            handlers.forEach(handler -> table.row(
                    handler.type(),
                    handler.version(),
                    handler.state(),
                    handler.running(),
                    handler.queued(),
                    handler.bundle()));
            table.print(screen);
        }
        return 0;
    }

    private static Map<String, @Nullable Object> json(HandlerStatus handler) {
        return Json.object(
                "type", handler.type(),
                "version", handler.version(),
                "bundle", handler.bundle(),
                "state", handler.state(),
                "running", handler.running(),
                "queued", handler.queued());
    }
}
