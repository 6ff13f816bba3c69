// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.deploy.SettledFiles.Version;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The jars of a directory, each as two looks in a row saw it, so that half a file is not taken. For one thread. */
final class SettledJars {

    private final Path directory;
    private final Map<String, Version> settled = new TreeMap<>();
    private Map<String, Version> before = Map.of();

    SettledJars(Path directory) {
        this.directory = directory;
    }

    /** Takes everything as it is: for the start, when nobody can wait. */
    Map<String, Version> first() throws IOException {
        before = list();
        return look();
    }

    /** By name. */
    Map<String, Version> look() throws IOException {
        Map<String, Version> now = list();
        now.forEach((name, version) -> {
            if (version.equals(before.get(name))) {
                settled.put(name, version);
            }
        });
        settled.keySet().removeIf(name -> !now.containsKey(name) && !before.containsKey(name));
        before = now;
        return Collections.unmodifiableMap(new TreeMap<>(settled));
    }

    private Map<String, Version> list() throws IOException {
        Map<String, Version> versions = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                try {
                    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                    if (!is.isDirectory()) {
                        versions.put(
                                file.getFileName().toString(),
                                new Version(is.lastModifiedTime(), is.size(), is.fileKey()));
                    }
                } catch (NoSuchFileException e) {
                    continue; // it is gone, or a link that leads nowhere
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return versions;
    }
}
