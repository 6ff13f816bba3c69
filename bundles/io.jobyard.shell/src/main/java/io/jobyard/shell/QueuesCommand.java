// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.QueueView;
import io.jobyard.views.api.QueueView.Overview;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "job:queues", description = "List queues, their limits and what blocks them.")
final class QueuesCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        return Answer.of(QueueView.QUEUES, new Overview(status.queues(), status.pauses()), QueuesCommand::print);
    }

    private static String text(Pause pause) {
        return PauseOptions.subject(pause.target()) + " paused by " + pause.by() + " since "
                + JobText.time(pause.since())
                + (pause.until() == null ? "" : ", until " + JobText.time(pause.until()))
                + (pause.reason() == null ? "" : ": " + pause.reason());
    }

    private static void print(Overview overview, Screen screen) {
        List<QueueStatus> queues = overview.queues();
        Table table = new Table("QUEUE", "STATE", "QUEUED", "OLDEST", "RUNNING", "MAX", "RATE", "TYPES");
        queues.forEach(queue -> table.row(
                queue.name(),
                BlockerView.state(queue.shutBy()),
                queue.jobs().queued(),
                JobText.optional(queue.jobs().oldestReady()),
                queue.jobs().running(),
                queue.bounds().runningMax(),
                queue.bounds().rate(),
                String.join(",", queue.bounds().types())));
        table.print(screen);
        queues.forEach(queue -> BlockerLines.print(queue.shutBy(), screen));
        List<String> stored = queues.stream()
                .filter(queue -> "stored".equals(queue.bounds().source()))
                .map(QueueStatus::name)
                .toList();
        if (!stored.isEmpty()) {
            screen.lines("  "
                    + screen.wrapped(
                            "stored, not from a file: " + String.join(", ", stored) + "; job:queue changes them", 2));
        }
        overview.pauses().forEach(pause -> screen.lines("  " + screen.wrapped(text(pause), 2)));
    }
}
