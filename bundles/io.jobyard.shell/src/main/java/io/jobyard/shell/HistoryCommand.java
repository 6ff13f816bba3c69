// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:history}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "history")
public final class HistoryCommand extends JobCommand<HistoryCommand.Line> {

    @Command(name = "job:history", description = "Show every change of a job, the oldest first.")
    static final class Line extends IdOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public HistoryCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        JobId id = status.resolve(options.id);
        List<HistoryEvent> events = status.history(id);
        if (options.json) {
            screen.json(
                    Map.of("events", events.stream().map(HistoryCommand::json).toList()));
            return 0;
        }
        screen.line("job " + id);
        Table table = new Table("AT", "STATUS", "RUN", "TRY", "WHO", "WHY");
        for (HistoryEvent event : events) {
            table.row(
                    JobText.time(event.at()),
                    JobText.state(event.to(), event.reason()),
                    event.run(),
                    event.attempt(),
                    event.who(),
                    why(event));
        }
        table.print(screen);
        return 0;
    }

    /** A start has no other reason than its turn: there the handler is told. */
    private static String why(HistoryEvent event) {
        HandlerName handler = event.handler();
        if (handler == null) {
            return event.why();
        }
        return handler.bundle().endsWith(" " + handler.version())
                ? handler.bundle()
                : handler.bundle() + ", handler " + handler.version();
    }

    static Map<String, @Nullable Object> json(HistoryEvent event) {
        JobStatus from = event.from();
        HandlerName handler = event.handler();
        return Json.object(
                "at", Json.instant(event.at()),
                "who", event.who(),
                "from", from == null ? null : from.text(),
                "to", event.to().text(),
                "reason", JobJson.reason(event.reason()),
                "host", event.host(),
                "run", event.run(),
                "attempt", event.attempt(),
                "why", event.why(),
                "handlerVersion", handler == null ? null : handler.version(),
                "bundle", handler == null ? null : handler.bundle());
    }
}
