// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerStatus;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JsonWriter;
import java.util.List;

/** Lists handlers. */
final class HandlersCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "handlers", "List handlers, types without a handler, and the files in deploy/.")
            .form(Form.of("listHandlers", HandlersCommand::all))
            .form(Form.of("getType", HandlersCommand::ofType).at("--type").named("type", "--type"));

    private HandlersCommand() {}

    private static void all(HandlerView.AllHandlers all, Screen screen) {
        print(all.handlers(), "no handlers; drop a handler bundle into deploy/", screen);
        all.files().forEach(file -> screen.lines(screen.wrapped(file.line(), 0)));
    }

    private static void ofType(HandlerView.OfType told, Screen screen) {
        print(told.handlers(), "", screen);
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
