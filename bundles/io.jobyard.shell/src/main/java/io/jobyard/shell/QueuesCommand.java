// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import io.jobyard.api.QueueStatus;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.QueueView.Overview;
import java.util.List;

/** Lists queues. */
final class QueuesCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("queues", "").form(Form.of("listQueues", QueuesCommand::print));

    private QueuesCommand() {}

    private static String text(Pause pause) {
        return subject(pause.target()) + " paused by " + pause.by() + " since "
                + JobText.time(pause.since())
                + (pause.until() == null ? "" : ", until " + JobText.time(pause.until()))
                + (pause.reason() == null ? "" : ": " + pause.reason());
    }

    /** Formats a target for people: {@code queue llm is}, {@code all jobs are}. */
    static String subject(PauseTarget target) {
        return target + (target.kind() == TargetKind.ALL ? " are" : " is");
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
