// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.StoreMaintenance;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:compact}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "compact")
public final class CompactCommand extends JobCommand<CompactCommand.Line> {

    @Command(
            name = "job:compact",
            description =
                    "Give the disk space of deleted jobs back. The host waits meanwhile, so do it in a quiet hour;"
                            + " there must be room for a copy of the largest table.")
    static final class Line extends UserOptions {}

    private final StoreMaintenance store;
    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param store is asked
     * @param callers know whom it speaks for
     */
    @Activate
    public CompactCommand(@Reference StoreMaintenance store, @Reference Callers callers) {
        super(Line::new);
        this.store = store;
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.maintain("compact", "", options, screen);
        long bytes = store.compact();
        if (options.json) {
            screen.json(Json.object("bytesGivenBack", bytes));
        } else {
            screen.line("given back: " + bytes + " bytes");
        }
        return 0;
    }
}
