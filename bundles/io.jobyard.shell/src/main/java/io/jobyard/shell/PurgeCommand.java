// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.store.JobRetention;
import io.jobyard.views.api.MaintenanceView;
import io.jobyard.views.api.MaintenanceView.Purged;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "job:purge",
        description = "Remove old finished jobs, audit rows and usage. The retention times are set in"
                + " io.jobyard.retention. The host keeps running meanwhile, and also purges automatically every"
                + " day.")
final class PurgeCommand extends UserCommand {

    @Option(names = "--dry-run", description = "Count the rows to remove, without removing them.")
    boolean dryRun;

    @Override
    Answer answer(CommandUser user) {
        if (dryRun) {
            user.require(AccessRule.MAINTAIN);
        } else {
            user.maintain("purge", "");
        }
        Purged purged = new Purged(dryRun, user.host().retention().purge(dryRun));
        return Answer.of(MaintenanceView.PURGE, purged, PurgeCommand::print);
    }

    private static void print(Purged purged, Screen screen) {
        JobRetention.Purge purge = purged.purge();
        String counts = MaintenanceView.removed(purge).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(
                        ", ", "", ", " + purge.audit() + " audit rows, " + purge.usage() + " usage rows"));
        screen.line((purged.dryRun() ? "would remove: " : "removed: ") + counts);
        if (purge.needed() > 0) {
            screen.line("kept: " + purge.needed() + " that unfinished jobs depend on");
        }
    }
}
