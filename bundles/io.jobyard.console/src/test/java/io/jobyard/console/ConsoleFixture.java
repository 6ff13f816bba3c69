// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files as they go into the bundle. */
final class ConsoleFixture {

    private static final Path BUILT = Path.of("target/classes/console");

    private ConsoleFixture() {}

    static Map<String, byte[]> built() {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(BUILT)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(BUILT.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
