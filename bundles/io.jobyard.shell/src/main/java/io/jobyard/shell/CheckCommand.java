// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.views.api.MaintenanceView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:check}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "check")
public final class CheckCommand extends UserCommand<CheckCommand.Line> {

    @Command(
            name = "job:check",
            description = "Read every table of the store and compare it with its indexes. Changes wait meanwhile,"
                    + " seconds for a million jobs.")
    static final class Line extends UserOptions {}

    private final StoreMaintenance store;

    @Activate
    public CheckCommand(@Reference StoreMaintenance store, @Reference CommandUsers users) {
        super(Line::new, users);
        this.store = store;
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        user.maintain("check", "");
        int tables = store.check();
        return Answer.of(MaintenanceView.CHECK, tables, "the store is sound: " + tables + " tables checked");
    }
}
