// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is below a folder. */
final class Folder {

    private Folder() {}

    /** Deletes what is below the folder and not below one of those to keep; the folder itself stays. */
    static void empty(Path folder, String... kept) throws IOException {
        List<Path> others = Stream.of(kept).map(folder::resolve).toList();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)
                        && others.stream().noneMatch(other -> other.startsWith(file) || file.startsWith(other))) {
                    Files.delete(file);
                }
            }
        }
    }
}
