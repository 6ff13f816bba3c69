// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.JobRetention;
import io.jobyard.api.spi.Operation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:purge}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "purge")
public final class PurgeCommand extends JobCommand<PurgeCommand.Line> {

    @Command(
            name = "job:purge",
            description =
                    "Remove jobs that ended long ago, and old rows of the audit. How long says io.jobyard.retention; the host works on"
                            + " meanwhile, and does the same daily by itself.")
    static final class Line extends UserOptions {

        @Option(names = "--dry-run", description = "Count what would be removed, and remove nothing.")
        boolean dryRun;
    }

    private final JobRetention retention;
    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param retention is asked
     * @param callers know whom it speaks for
     */
    @Activate
    public PurgeCommand(@Reference JobRetention retention, @Reference Callers callers) {
        super(Line::new);
        this.retention = retention;
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        if (options.dryRun) {
            callers.require(Operation.MAINTAIN, options, screen);
        } else {
            callers.maintain("purge", "", options, screen);
        }
        JobRetention.Purge purge = retention.purge(options.dryRun);
        Map<String, Long> removed = new LinkedHashMap<>();
        ended().forEach(status -> removed.put(status.text(), purge.removed().getOrDefault(status, 0L)));
        if (options.json) {
            screen.json(Json.object(
                    "dryRun", options.dryRun, "removed", removed, "needed", purge.needed(), "audit", purge.audit()));
            return 0;
        }
        String counts = removed.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", "", ", " + purge.audit() + " rows of the audit"));
        screen.line((options.dryRun ? "would remove: " : "removed: ") + counts);
        if (purge.needed() > 0) {
            screen.line("kept: " + purge.needed() + " that unfinished jobs depend on");
        }
        return 0;
    }

    private static Stream<JobStatus> ended() {
        return Arrays.stream(JobStatus.values()).filter(JobStatus::isFinal);
    }
}
