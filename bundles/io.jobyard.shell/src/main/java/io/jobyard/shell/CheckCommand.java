// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.StoreMaintenance;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:check}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "check")
public final class CheckCommand extends JobCommand<CheckCommand.Line> {

    @Command(
            name = "job:check",
            description = "Read every table of the store and compare it with its indexes. Changes wait meanwhile,"
                    + " seconds for a million jobs.")
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
    public CheckCommand(@Reference StoreMaintenance store, @Reference Callers callers) {
        super(Line::new);
        this.store = store;
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.maintain("check", "", options, screen);
        int tables = store.check();
        if (options.json) {
            screen.json(Json.object("tables", tables, "sound", true));
        } else {
            screen.line("the store is sound: " + tables + " tables checked");
        }
        return 0;
    }
}
