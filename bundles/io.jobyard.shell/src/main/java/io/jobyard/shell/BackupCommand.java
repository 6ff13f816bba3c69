// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.views.api.MaintenanceView;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:backup}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "backup")
public final class BackupCommand extends UserCommand<BackupCommand.Line> {

    @Command(
            name = "job:backup",
            description = "Copy the store into a directory while the host works. The copy holds every job that was"
                    + " acknowledged before.")
    static final class Line extends UserOptions {

        @Parameters(
                index = "0",
                paramLabel = "DIR",
                description = "Where the copy goes: a directory that is empty or not there yet.")
        String directory = "";
    }

    private final StoreMaintenance store;

    @Activate
    public BackupCommand(@Reference StoreMaintenance store, @Reference CommandUsers users) {
        super(Line::new, users);
        this.store = store;
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        Path directory = directory(options.directory, user.screen());
        user.maintain("backup", directory.toString());
        long bytes = store.backup(directory);
        return Answer.of(
                MaintenanceView.BACKUP,
                new MaintenanceView.Backup(directory, bytes),
                directory + ": " + bytes + " bytes");
    }

    private static Path directory(String name, Screen screen) {
        if (name.isBlank()) {
            throw new ValidationException("DIR is empty; name a directory for the backup");
        }
        try {
            return screen.directory().resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ValidationException("'" + name + "' is no directory name: " + e.getReason());
        }
    }
}
