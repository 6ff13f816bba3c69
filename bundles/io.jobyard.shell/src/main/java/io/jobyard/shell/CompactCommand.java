// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.views.api.MaintenanceView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:compact}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "compact")
public final class CompactCommand extends UserCommand<CompactCommand.Line> {

    @Command(
            name = "job:compact",
            description =
                    "Give the disk space of deleted jobs back. The host waits meanwhile, so do it in a quiet hour;"
                            + " there must be room for a copy of the largest table.")
    static final class Line extends UserOptions {}

    private final StoreMaintenance store;

    @Activate
    public CompactCommand(@Reference StoreMaintenance store, @Reference CommandUsers users) {
        super(Line::new, users);
        this.store = store;
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        user.maintain("compact", "");
        long bytes = store.compact();
        return Answer.of(MaintenanceView.COMPACTION, bytes, "given back: " + bytes + " bytes");
    }
}
