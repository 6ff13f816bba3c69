// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * Command that creates a dynamic class data archive (JEP 350) from the classes that a host loads until a job is
 * finished. Java uses it only with the same Java build and the same jars in {@code lib/}.
 */
@Command(
        name = "archive-classes",
        description = "Make starts on this Java version faster: write a class data archive next to the program.")
final class ArchiveClassesCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Program program = main.program();
        Path archive = program.archive();
        Path directory = archive.resolveSibling("");
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new LaunchException(
                    "cannot write " + archive + ": run this command as the user that owns " + program.home());
        }
        // Named after the process, because two processes may create one at the same time.
        Path next = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        next.toFile().deleteOnExit(); // also deleted after Ctrl-C, when the host has stopped
        runHost(program, next);
        // For all users of the program, whatever the umask; the file contains no data of an instance.
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(next, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        System.out.println("starts on Java " + Runtime.version() + " now load classes from " + archive);
        return 0;
    }

    /** Runs a host on a temporary instance and keeps its classes when it ends. */
    private static void runHost(Program program, Path archive) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("JOBYARD_ARCHIVE", archive.toString());
        try (TemporaryHost host = TemporaryHost.in("jobyard-classes-", program, environment)) {
            host.start();
            JsonNode job = new HostShell(host.instance()).json("job:submit echo {} --await --json", "");
            if (!job.path("status").asText().equals("completed")) {
                throw new LaunchException("the job that loads the classes is "
                        + job.path("status").asText() + ": " + job.path("error").asText());
            }
            host.stop();
            if (Files.notExists(archive)) {
                throw new LaunchException(
                        "no archive was created; starts are as fast as before: " + HostConsole.reason(host.instance()));
            }
        }
    }
}
