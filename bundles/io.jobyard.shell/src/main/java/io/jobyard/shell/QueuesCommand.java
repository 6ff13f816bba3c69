// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:queues}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "queues")
public final class QueuesCommand extends JobCommand<QueuesCommand.Line> {

    @Command(name = "job:queues", description = "List the queues, what they allow and what holds them.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public QueuesCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        List<QueueStatus> queues = status.queues();
        if (options.json) {
            screen.json(
                    Map.of("queues", queues.stream().map(QueuesCommand::json).toList()));
            return 0;
        }
        Table table = new Table("QUEUE", "STATE", "QUEUED", "OLDEST", "RUNNING", "MAX", "RATE", "TYPES");
        queues.forEach(queue -> table.row(
                queue.name(),
                Blockers.state(queue.shutBy()),
                queue.queued(),
                JobText.optional(queue.oldestReady()),
                queue.running(),
                queue.runningMax(),
                queue.rate(),
                String.join(",", queue.types())));
        table.print(screen);
        queues.forEach(queue -> Blockers.print(queue.shutBy(), screen));
        return 0;
    }

    private static Map<String, @Nullable Object> json(QueueStatus queue) {
        return Json.object(
                "name",
                queue.name(),
                "state",
                Blockers.state(queue.shutBy()),
                "queued",
                queue.queued(),
                "oldestReadySeconds",
                Json.seconds(queue.oldestReady()),
                "running",
                queue.running(),
                "runningMax",
                queue.runningMax(),
                "rate",
                queue.rate(),
                "types",
                queue.types(),
                "pause",
                queue.pause() == null ? null : json(queue.pause()),
                "blockedBy",
                Blockers.json(queue.shutBy()));
    }

    private static Map<String, @Nullable Object> json(QueuePause pause) {
        return Json.object(
                "by",
                pause.by(),
                "since",
                Json.instant(pause.since()),
                "reason",
                pause.reason(),
                "until",
                Json.instant(pause.until()));
    }
}
