// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.MaintenanceView;
import picocli.CommandLine.Command;

@Command(
        name = "job:check",
        description = "Read every table of the store and compare it with its indexes. Changes wait meanwhile,"
                + " seconds for a million jobs.")
final class CheckCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        user.maintain("check", "");
        int tables = user.host().maintenance().check();
        return Answer.of(MaintenanceView.CHECK, tables, "the store is sound: " + tables + " tables checked");
    }
}
