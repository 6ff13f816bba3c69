// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the process that listens on a port. Works where {@code /proc} shows it: on Linux, for processes that this
 * process may inspect.
 */
final class PortHolder {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENS = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** Returns text such as {@code process 4711 (java)}; empty if the process is not visible. */
    static Optional<String> of(int port) {
        String suffix = ":%04X".formatted(port);
        Set<String> sockets = Stream.of("tcp", "tcp6")
                .flatMap(kind -> lines(PROC.resolve("net").resolve(kind)))
                .map(line -> line.strip().split("\\s+"))
                .filter(part -> part.length > INODE && part[ADDRESS].endsWith(suffix) && part[STATE].equals(LISTENS))
                .map(part -> "socket:[" + part[INODE] + "]")
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> hasOne(process, sockets))
                        .findFirst()
                        .map(PortHolder::name);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty(); // not Linux
        }
    }

    private static boolean hasOne(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(PROC.resolve(process.pid() + "/fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException e) {
            return false; // a process of another user, or one that has ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed in the meantime
        }
    }

    private static String name(ProcessHandle process) {
        return "process " + process.pid()
                + process.info()
                        .command()
                        .map(command -> " (" + Path.of(command).getFileName() + ")")
                        .orElse("");
    }
}
