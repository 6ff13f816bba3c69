// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finder of the cgroup (v2) of this process. */
final class CgroupHome {

    private static final int ROOT = 3;
    private static final int MOUNT = 4;
    private static final String VERSION_2 = "0::";

    private CgroupHome() {}

    static Optional<Path> find() throws IOException {
        return find(Path.of("/proc/self"));
    }

    /**
     * Returns the directory of the cgroup of {@code /proc/self}; empty if no cgroup v2 is mounted, or the process's cgroup is not visible.
     */
    static Optional<Path> find(Path self) throws IOException {
        if (!Files.exists(self.resolve("cgroup"))) {
            return Optional.empty();
        }
        Optional<String> own = Files.readAllLines(self.resolve("cgroup")).stream()
                .filter(line -> line.startsWith(VERSION_2))
                .map(line -> line.substring(VERSION_2.length()))
                .findFirst();
        return own.isEmpty()
                ? Optional.empty()
                : Files.readAllLines(self.resolve("mountinfo")).stream()
                        .filter(line -> line.contains(" - cgroup2 "))
                        .map(line -> line.split(" "))
                        .flatMap(fields ->
                                below(Path.of(fields[MOUNT]), Path.of(fields[ROOT]), Path.of(own.get())).stream())
                        .findFirst();
    }

    private static Optional<Path> below(Path mount, Path root, Path own) {
        boolean isInSight = own.equals(own.normalize()) && !own.startsWith("/..") && own.startsWith(root);
        return isInSight ? Optional.of(mount.resolve(root.relativize(own)).normalize()) : Optional.empty();
    }
}
