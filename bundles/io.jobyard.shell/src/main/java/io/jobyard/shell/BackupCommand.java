// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.MaintenanceView;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:backup",
        description = "Back up the store into a directory while the host runs. The copy contains every job acknowledged"
                + " before the call.")
final class BackupCommand extends UserCommand {

    @Parameters(index = "0", paramLabel = "DIR", description = "Target directory; empty or not yet existing.")
    String directory = "";

    @Override
    LocalOnly local() {
        return new LocalOnly("log in to that machine and run bin/jobyard backup");
    }

    @Override
    Answer answer(CommandUser user) {
        Path to = to(user.screen());
        user.maintain("backup", to.toString());
        long bytes = user.host().maintenance().backup(to);
        return Answer.of(
                MaintenanceView.BACKUP, new MaintenanceView.MadeBackup(to, bytes), to + ": " + bytes + " bytes");
    }

    private Path to(Screen screen) {
        if (directory.isBlank()) {
            throw new ValidationException("DIR", "missing DIR: name a directory for the backup");
        }
        try {
            return screen.directory().resolve(directory).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ValidationException("invalid directory '" + directory + "': " + e.getReason());
        }
    }
}
