// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.store.StoreMaintenance.SoundStore;
import io.jobyard.views.api.MaintenanceView;
import picocli.CommandLine.Command;

@Command(
        name = "job:check",
        description = "Check the store: compare every table with its indexes and every history with its job, and find"
                + " unreadable JSON. A history must be complete and end with the job's current state. Changes wait"
                + " while the tables are read, for seconds per million jobs.")
final class CheckCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        user.maintain("check", "");
        SoundStore checked = user.host().maintenance().check();
        return Answer.of(
                MaintenanceView.CHECK,
                checked,
                "the store is valid: " + checked.tables() + " tables and " + checked.histories()
                        + (checked.histories() == 1 ? " history checked" : " histories checked"));
    }
}
