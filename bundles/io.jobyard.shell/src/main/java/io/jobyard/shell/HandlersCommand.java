// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JsonWriter;
import java.util.List;
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
public final class HandlersCommand extends UserCommand<HandlersCommand.Line> {

    @Command(name = "job:handlers", description = "List handlers, types without a handler, and the files in deploy/.")
    static final class Line extends UserOptions {

        @Option(
                names = "--type",
                paramLabel = "T",
                description = "Only of this type, and with the JSON Schema of its payload.")
        @Nullable
        String type;
    }

    @Activate
    public HandlersCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        String type = options.type;
        if (type == null) {
            return Answer.of(
                    HandlerView.HANDLERS,
                    new HandlerView.All(status.handlers(), status.deployed()),
                    HandlersCommand::print);
        }
        List<HandlerStatus> handlers = status.handlers().stream()
                .filter(handler -> handler.type().equals(type))
                .toList();
        return Answer.of(
                HandlerView.HANDLERS_OF_TYPE,
                new HandlerView.OfType(handlers, status.schema(type).orElse(null)),
                (told, screen) -> print(type, told, screen));
    }

    private static void print(HandlerView.All all, Screen screen) {
        print(all.handlers(), "no handlers; drop a handler bundle into deploy/", screen);
        all.files().forEach(file -> screen.lines(screen.wrapped(file.line(), 0)));
    }

    private static void print(String type, HandlerView.OfType told, Screen screen) {
        print(told.handlers(), "no handler of type " + type, screen);
        if (!told.handlers().isEmpty()) {
            screen.lines("payload: " + (told.schema() == null ? "any JSON object" : JsonWriter.pretty(told.schema())));
        }
    }

    private static void print(List<HandlerStatus> handlers, String none, Screen screen) {
        if (handlers.isEmpty()) {
            screen.line(none);
            return;
        }
        Table table = new Table("TYPE", "VERSION", "STATE", "RUNNING", "QUEUED", "BUNDLE");
        for (HandlerStatus each : handlers) {
            table.row(each.type(), each.version(), each.state(), each.running(), each.queued(), each.bundle());
        }
        table.print(screen);
    }
}
