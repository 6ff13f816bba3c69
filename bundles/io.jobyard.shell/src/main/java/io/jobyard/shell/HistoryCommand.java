// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.EventView.Traced;
import java.util.List;

/** Shows the history of a job. */
final class HistoryCommand {

    private static final String STACK = "--stack";

    static final DerivedCommand COMMAND = new DerivedCommand("history", "")
            .form(new Form("getHistory", HistoryCommand::print))
            .flag(STACK, "Also show the stack traces of failed runs.");

    private HistoryCommand() {}

    private static void print(EventView.History history, FormCall call, Screen screen) {
        head(history.job(), screen);
        Table table = new Table("AT", "STATUS", "RUN", "TRY", "WHO", "WHY");
        history.events().forEach(traced -> row(traced.event(), table));
        table.print(screen);
        List<Traced> failures = history.events().stream()
                .filter(traced -> traced.stack() != null)
                .toList();
        if (call.flags().contains(STACK)) {
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
