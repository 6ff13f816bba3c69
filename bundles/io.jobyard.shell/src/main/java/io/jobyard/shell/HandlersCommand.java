// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.DeployedFile;
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
import picocli.CommandLine.Option;

/** {@code job:handlers}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "handlers")
public final class HandlersCommand extends JobCommand<HandlersCommand.Line> {

    @Command(name = "job:handlers", description = "List handlers, types without a handler, and the files in deploy/.")
    static final class Line extends UserOptions {

        @Option(
                names = "--type",
                paramLabel = "T",
                description = "Only of this type, and with the JSON Schema of its payload.")
        @Nullable
        String type;
    }

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
        String type = options.type;
        List<HandlerStatus> handlers = status.handlers().stream()
                .filter(handler -> type == null || handler.type().equals(type))
                .toList();
        Map<String, Object> schema = type == null ? null : status.schema(type).orElse(null);
        if (options.json) {
            Map<String, @Nullable Object> answer = Json.object(
                    "handlers", handlers.stream().map(HandlersCommand::json).toList());
            if (type != null) {
                answer.put("schema", schema);
            } else {
                answer.put(
                        "files",
                        status.deployed().stream().map(HandlersCommand::json).toList());
            }
            screen.json(answer);
            return 0;
        }
        if (handlers.isEmpty()) {
            screen.line(
                    type == null ? "no handlers; drop a handler bundle into deploy/" : "no handler of type " + type);
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
            if (type != null) {
                screen.lines("payload: " + (schema == null ? "any JSON object" : Json.pretty(schema)));
            }
        }
        if (type == null) {
            status.deployed().forEach(file -> screen.lines(screen.wrapped(file.line(), 0)));
        }
        return 0;
    }

    private static Map<String, @Nullable Object> json(DeployedFile file) {
        return Json.object(
                "file", file.name(),
                "bundle", file.bundle(),
                "state", file.state().text(),
                "detail", file.detail(),
                "servesOn", file.servesOn(),
                "fix", file.fix());
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
