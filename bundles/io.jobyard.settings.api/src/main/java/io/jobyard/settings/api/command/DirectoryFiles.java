// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Files of this machine.
 *
 * @param directory base of relative names
 * @param in standard input
 */
public record DirectoryFiles(Path directory, InputStream in) implements CommandFiles {

    @Override
    public InputStream open(String name) throws IOException {
        return name.equals(STANDARD_INPUT) ? in : Files.newInputStream(existing(name));
    }

    private Path existing(String name) throws UnreadableFileException {
        Path path;
        try {
            path = directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new UnreadableFileException("invalid file name '" + name + "': " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new UnreadableFileException(
                    "file not found: '" + path + "'; check the name, or use - for standard input");
        }
        if (Files.isDirectory(path)) {
            throw new UnreadableFileException("'" + path + "' is a directory; use a file in it");
        }
        return path;
    }
}
