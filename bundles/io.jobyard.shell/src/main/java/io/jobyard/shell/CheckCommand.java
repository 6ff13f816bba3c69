// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.store.StoreMaintenance.SoundStore;
import io.jobyard.views.api.MaintenanceView;
import picocli.CommandLine.Command;

@Command(
        name = "job:check",
        description =
                "Compare every table of the store with its indexes, and every history with its job, and look for JSON that cannot be read."
                        + " A history must be whole and end with what its job is now. Changes wait while the tables are read, seconds for"
                        + " a million jobs.")
final class CheckCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        user.maintain("check", "");
        SoundStore checked = user.host().maintenance().check();
        return Answer.of(
                MaintenanceView.CHECK,
                checked,
                "the store is valid: " + checked.tables() + " tables and " + checked.histories()
                        + " histories checked");
    }
}
