// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Starts a process in its own session, so that neither Ctrl-C nor the end of the terminal ends it. */
final class Detached {

    private Detached() {}

    /** Returns the words before the process's command. */
    static List<String> prefix() {
        boolean known = Stream.of(
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
        return List.of(known ? "setsid" : "nohup");
    }
}
