// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "restore",
        description = "Replace the store by a backup after checking the backup; the previous store is kept next to it."
                + " The host must be stopped.")
final class RestoreCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "DIR", description = "A directory created by job:backup.")
    private Path backup;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InstanceDirectory instance = main.instance();
        instance.prepare(main.program());
        HostLock lock = HostLock.take(instance);
        System.out.println(new Restore(main.program(), instance)
                .from(backup.toAbsolutePath().normalize()));
        lock.keepUntilHere();
        return 0;
    }
}
