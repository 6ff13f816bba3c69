// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.settings.api.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checked values of {@code io.jobyard.handler.llm}.
 *
 * @param folders folders that jobs may read, including their subfolders; absolute paths
 */
record AllowedFolders(List<Path> folders) {

    static final String PID = "io.jobyard.handler.llm";

    private static final AllowedFolders NONE = new AllowedFolders(List.of());

    static AllowedFolders read(SettingsReader reader) {
        return reader.value("folders", NONE, AllowedFolders::parse);
    }

    private static AllowedFolders parse(String text) {
        return new AllowedFolders(Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(AllowedFolders::path)
                .toList());
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // rejected below, like a path that is not absolute
        }
        throw new IllegalArgumentException(
                "use absolute paths, separated by commas, for example folders = /data/reports,/data/minutes");
    }

    /**
     * Returns the folder with resolved links.
     *
     * @throws PermanentException if it is not a folder, or jobs may not read it
     */
    Path real(String folder) {
        Path path;
        try {
            path = path(folder);
        } catch (IllegalArgumentException e) {
            throw new PermanentException("invalid folder = " + folder + ": use an absolute path");
        }
        if (folders.stream().noneMatch(path::startsWith)) {
            throw refused(folder);
        }
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            throw new PermanentException("folder = " + folder + " not found, or not readable by the host");
        }
        if (!contains(real)) {
            throw refused(folder);
        }
        if (!Files.isDirectory(real)) {
            throw new PermanentException(
                    "invalid folder = " + folder + ": it is not a folder; use the folder that contains the files");
        }
        return real;
    }

    /** Returns whether a path without links is within one of the folders. */
    boolean contains(Path real) {
        return folders.stream().anyMatch(folder -> {
            try {
                return real.startsWith(folder.toRealPath());
            } catch (IOException e) {
                return false;
            }
        });
    }

    private PermanentException refused(String folder) {
        return new PermanentException("folder = " + folder + " is not allowed: an administrator must set"
                + " folders = " + (folders.isEmpty() ? "" : this + ",") + folder + " in etc/" + PID + ".cfg");
    }

    @Override
    public String toString() {
        return folders.stream().map(Path::toString).collect(Collectors.joining(","));
    }
}
