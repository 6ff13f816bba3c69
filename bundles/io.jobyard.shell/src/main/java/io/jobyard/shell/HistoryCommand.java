// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.EventView.Traced;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "job:history", description = "Show a job's state and error, then every change, oldest first.")
final class HistoryCommand extends IdCommand {

    @Option(names = "--stack", description = "Also show the stack traces of failed runs.")
    boolean stack;

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        JobId resolved = status.resolve(id);
        Job job = status.status(resolved);
        List<HistoryEvent> events = status.history(resolved);
        Map<Integer, String> stacks = status.stacks(resolved);
        List<Traced> traced =
                events.stream().map(event -> Traced.of(event, stacks)).toList();
        return Answer.of(
                EventView.HISTORY,
                new EventView.History(job, traced),
                (history, screen) -> print(history, stack, screen));
    }

    private static void print(EventView.History history, boolean withStacks, Screen screen) {
        head(history.job(), screen);
        Table table = new Table("AT", "STATUS", "RUN", "TRY", "WHO", "WHY");
        history.events().forEach(traced -> row(traced.event(), table));
        table.print(screen);
        List<Traced> failures = history.events().stream()
                .filter(traced -> traced.stack() != null)
                .toList();
        if (withStacks) {
            failures.forEach(failure -> stack(failure, screen));
        } else if (!failures.isEmpty()) {
            screen.line("job:history " + history.job().id() + " --stack shows where "
                    + (failures.size() == 1 ? "it" : "each run") + " failed");
        }
    }

    /** Prints the state and the complete error, because the table has room only for the start of the error. */
    private static void head(Job job, Screen screen) {
        screen.painted("job " + job.id() + " " + screen.paint(JobText.state(job)));
        if (job.state().error() != null) {
            screen.painted(screen.wrapped(job.state().error(), 0));
        }
        screen.line("");
    }

    private static void row(HistoryEvent event, Table table) {
        table.row(
                JobText.time(event.at()),
                JobText.state(event.to(), event.reason()),
                event.run().number(),
                event.run().attempt(),
                event.who(),
                why(event));
    }

    private static void stack(Traced failure, Screen screen) {
        HistoryEvent event = failure.event();
        screen.line("");
        screen.line(JobText.time(event.at()) + " run " + event.run().number() + ", attempt "
                + event.run().attempt() + " failed:");
        screen.lines(String.valueOf(failure.stack()));
    }

    /** Returns the reason; for a start, the handler. */
    private static String why(HistoryEvent event) {
        HandlerName handler = event.run().handler();
        if (handler == null || event.to() != JobStatus.RUNNING) {
            return event.why();
        }
        return (handler.bundle() + " ").contains(" " + handler.version() + " ")
                ? handler.bundle()
                : handler.bundle() + ", handler " + handler.version();
    }
}
