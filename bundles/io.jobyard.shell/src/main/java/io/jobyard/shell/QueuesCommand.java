// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.QueueStatus;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.QueueView;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "job:queues", description = "List the queues, what they allow and what holds them.")
final class QueuesCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(QueueView.QUEUES, user.status().queues(), QueuesCommand::print);
    }

    private static void print(List<QueueStatus> queues, Screen screen) {
        Table table = new Table("QUEUE", "STATE", "QUEUED", "OLDEST", "RUNNING", "MAX", "RATE", "TYPES");
        queues.forEach(queue -> table.row(
                queue.name(),
                BlockerView.state(queue.shutBy()),
                queue.queued(),
                JobText.optional(queue.oldestReady()),
                queue.running(),
                queue.runningMax(),
                queue.rate(),
                String.join(",", queue.types())));
        table.print(screen);
        queues.forEach(queue -> BlockerLines.print(queue.shutBy(), screen));
    }
}
