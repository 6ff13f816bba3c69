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
        description = "Copy the store into a directory while the host works. The copy holds every job that was"
                + " acknowledged before.")
final class BackupCommand extends UserCommand {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "Where the copy goes: a directory that is empty or not there yet.")
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
            throw new ValidationException("DIR is empty; name a directory for the backup");
        }
        try {
            return screen.directory().resolve(directory).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ValidationException("'" + directory + "' is no directory name: " + e.getReason());
        }
    }
}
