// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks at the machine's processes. Without {@code /proc} it sees no environments. */
final class ProcessScan {

    private static final Path PROC = Path.of("/proc");

    private ProcessScan() {}

    /** Processes that live and have a fitting entry in the environment that they began with; never the host or who began it. */
    static Set<ProcessHandle> with(Predicate<String> entry) {
        Set<ProcessHandle> found = new HashSet<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                ProcessHandle.of(Long.parseLong(directory.getFileName().toString()))
                        .filter(process -> has(directory.resolve("environ"), entry))
                        .ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Set.of(); // a machine without it
        }
        found.removeAll(ours());
        found.removeIf(process -> !isAlive(process));
        return found;
    }

    private static boolean has(Path environment, Predicate<String> entry) {
        try {
            String text = Files.readString(environment, StandardCharsets.ISO_8859_1);
            return Stream.of(text.split("\0")).anyMatch(entry);
        } catch (IOException e) {
            return false; // gone, or another user's
        }
    }

    private static Set<ProcessHandle> ours() {
        Set<ProcessHandle> ours = new HashSet<>();
        Stream.iterate(
                        ProcessHandle.current(),
                        process -> process != null,
                        process -> process.parent().orElse(null))
                .forEach(ours::add);
        return ours;
    }

    /** Whether it still runs: one that has ended and that nobody has asked about is no more. */
    static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
