// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
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
import picocli.CommandLine.Option;

/** {@code job:history}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "history")
public final class HistoryCommand extends JobCommand<HistoryCommand.Line> {

    @Command(name = "job:history", description = "Show a job's state and error, then every change, the oldest first.")
    static final class Line extends IdOptions {

        @Option(names = "--stack", description = "And where its handler was when a run failed: the stack traces.")
        boolean stack;
    }

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
        Job job = status.status(id);
        List<HistoryEvent> events = status.history(id);
        Map<Integer, String> stacks = status.stacks(id);
        if (options.json) {
            screen.json(Json.object(
                    "status", job.status().text(),
                    "reason", JobJson.reason(job.state().reason()),
                    "error", job.state().error(),
                    "events",
                            events.stream()
                                    .map(event -> withStack(event, stacks))
                                    .toList()));
            return 0;
        }
        head(job, screen);
        table(events).print(screen);
        List<HistoryEvent> failures = events.stream()
                .filter(event -> endsRun(event) && stacks.containsKey(event.run()))
                .toList();
        if (options.stack) {
            failures.forEach(event -> stack(event, stacks.get(event.run()), screen));
        } else if (!failures.isEmpty()) {
            screen.line("job:history " + id + " --stack shows where " + (failures.size() == 1 ? "it" : "each run")
                    + " failed");
        }
        return 0;
    }

    /** How it stands, and the error in full: in the table there is room for its beginning only. */
    private static void head(Job job, Screen screen) {
        screen.painted("job " + job.id() + " " + screen.paint(JobText.state(job)));
        if (job.state().error() != null) {
            screen.painted(screen.wrapped(job.state().error(), 0));
        }
        screen.line("");
    }

    private static Table table(List<HistoryEvent> events) {
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
        return table;
    }

    private static void stack(HistoryEvent event, String stack, Screen screen) {
        screen.line("");
        screen.line(JobText.time(event.at()) + " run " + event.run() + ", attempt " + event.attempt() + " failed:");
        screen.lines(stack);
    }

    private static boolean endsRun(HistoryEvent event) {
        return event.from() == JobStatus.RUNNING && event.to() != JobStatus.RUNNING;
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

    private static Map<String, @Nullable Object> withStack(HistoryEvent event, Map<Integer, String> stacks) {
        Map<String, @Nullable Object> json = json(event);
        json.put("stack", endsRun(event) ? stacks.get(event.run()) : null);
        return json;
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
