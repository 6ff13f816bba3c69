// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "job:handlers", description = "List handlers, types without a handler, and the files in deploy/.")
final class HandlersCommand extends UserCommand {

    @Option(
            names = "--type",
            paramLabel = "T",
            description = "Only handlers of this type, with the JSON Schema of its payload.")
    @Nullable
    String type;

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        if (type == null) {
            return Answer.of(
                    HandlerView.HANDLERS,
                    new HandlerView.AllHandlers(status.handlers(), status.deployed()),
                    HandlersCommand::print);
        }
        List<HandlerStatus> all = status.handlers();
        List<HandlerStatus> handlers =
                all.stream().filter(handler -> handler.type().equals(type)).toList();
        return Answer.of(
                HandlerView.HANDLERS_OF_TYPE,
                new HandlerView.OfType(handlers, status.schema(type).orElse(null)),
                (told, screen) -> print(
                        "no handler of type " + type
                                + Spelling.hint(
                                        String.valueOf(type),
                                        all.stream().map(HandlerStatus::type).toList()),
                        told,
                        screen));
    }

    private static void print(HandlerView.AllHandlers all, Screen screen) {
        print(all.handlers(), "no handlers; drop a handler bundle into deploy/", screen);
        all.files().forEach(file -> screen.lines(screen.wrapped(file.line(), 0)));
    }

    private static void print(String none, HandlerView.OfType told, Screen screen) {
        print(told.handlers(), none, screen);
        if (!told.handlers().isEmpty()) {
            told.handlers().stream()
                    .map(HandlerStatus::description)
                    .filter(description -> !description.isEmpty())
                    .distinct()
                    .forEach(description -> screen.lines(screen.wrapped(description, 0)));
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
        List<String> refused = handlers.stream()
                .filter(handler -> !handler.submittable())
                .map(HandlerStatus::type)
                .distinct()
                .toList();
        if (!refused.isEmpty()) {
            screen.lines(screen.wrapped("you may not submit: " + String.join(", ", refused), 0));
        }
    }
}
