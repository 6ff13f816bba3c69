// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:stats}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "stats")
public final class StatsCommand extends JobCommand<StatsCommand.Line> {

    @Command(name = "job:stats", description = "Count the jobs by status, priority and queue.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public StatsCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        Statistics now = status.statistics();
        if (options.json) {
            screen.json(Json.object(
                    "total", now.total(),
                    "byStatus", sorted(now.byStatus(), JobStatus::text),
                    "byPriority", sorted(now.byPriority(), level -> level),
                    "byQueue", sorted(now.byQueue(), queue -> queue),
                    "oldestReadySeconds", Json.seconds(now.oldestReady())));
            return 0;
        }
        Table table = new Table("STATUS", "JOBS");
        for (JobStatus each : JobStatus.values()) {
            table.row(each.text(), now.byStatus().getOrDefault(each, 0L));
        }
        table.row("total", now.total());
        table.print(screen);
        counts(screen, "PRIORITY", sorted(now.byPriority(), level -> level));
        counts(screen, "QUEUE", sorted(now.byQueue(), queue -> queue));
        if (now.oldestReady() != null) {
            screen.line("\nthe oldest ready job has been ready for " + JobText.duration(now.oldestReady()));
        }
        return 0;
    }

    private static void counts(Screen screen, String heading, Map<?, @Nullable Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        Table table = new Table(heading, "JOBS");
        counts.forEach(table::row);
        screen.line("");
        table.print(screen);
    }

    private static <K, N extends Comparable<N>> Map<N, @Nullable Long> sorted(
            Map<K, Long> counts, Function<K, N> name) {
        Map<N, @Nullable Long> sorted = new TreeMap<>();
        counts.forEach((key, count) -> sorted.put(name.apply(key), count));
        return sorted;
    }
}
