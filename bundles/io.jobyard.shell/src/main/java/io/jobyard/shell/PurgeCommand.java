// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.JobRetention;
import io.jobyard.api.spi.Operation;
import io.jobyard.views.api.MaintenanceView;
import io.jobyard.views.api.MaintenanceView.Purged;
import java.util.stream.Collectors;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:purge}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "purge")
public final class PurgeCommand extends UserCommand<PurgeCommand.Line> {

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

    @Activate
    public PurgeCommand(@Reference JobRetention retention, @Reference CommandUsers users) {
        super(Line::new, users);
        this.retention = retention;
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        if (options.dryRun) {
            user.require(Operation.MAINTAIN);
        } else {
            user.maintain("purge", "");
        }
        Purged purged = new Purged(options.dryRun, retention.purge(options.dryRun));
        return Answer.of(MaintenanceView.PURGE, purged, PurgeCommand::print);
    }

    private static void print(Purged purged, Screen screen) {
        JobRetention.Purge purge = purged.purge();
        String counts = MaintenanceView.removed(purge).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", "", ", " + purge.audit() + " rows of the audit"));
        screen.line((purged.dryRun() ? "would remove: " : "removed: ") + counts);
        if (purge.needed() > 0) {
            screen.line("kept: " + purge.needed() + " that unfinished jobs depend on");
        }
    }
}
