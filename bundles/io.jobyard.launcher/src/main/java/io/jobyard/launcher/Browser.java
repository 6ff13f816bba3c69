// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Browser of the user, if the machine has a screen.
 *
 * @param command the program that opens an address
 */
record Browser(String command) {

    static Optional<Browser> find() {
        return find(System.getProperty("os.name", ""), System.getenv());
    }

    static Optional<Browser> find(String system, Map<String, String> environment) {
        boolean isMac = system.startsWith("Mac");
        boolean hasScreen = isMac
                || Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                        .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
        String program = isMac ? "open" : "xdg-open";
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> hasScreen && !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(file -> new Browser(file.toString()))
                .findFirst();
    }

    /** Opens the address without waiting for the browser. */
    void open(String address) {
        try {
            new ProcessBuilder(List.of(command, address))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("cannot open a browser (" + e.getMessage() + "): open the link manually");
        }
    }
}
