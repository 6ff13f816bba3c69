// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration files of a directory. What became of one, also its removal, counts once two scans in a row saw the
 * same: half a file is not read, and one that is renamed is not gone in between. Used by one thread at a time.
 */
final class SettledFiles {

    /** What tells that a file has changed. */
    record Version(FileTime modified, long size, @Nullable Object key) {}

    record Settled(Version version, FileContent content) {}

    /** As many as fit into the 10 s in which a file is to be in force. */
    private static final int MANY_SCANS = 20;

    private final Path directory;
    private final Map<String, Settled> settled = new TreeMap<>();
    private final Map<String, Integer> restless = new TreeMap<>();
    private Map<String, Version> before = Map.of();

    SettledFiles(Path directory) {
        this.directory = directory;
    }

    /** Takes everything as it is: for the start, when nobody can wait. */
    Map<String, Settled> first() throws IOException {
        before = list();
        return scan();
    }

    /** All that have settled, by name. */
    Map<String, Settled> scan() throws IOException {
        Map<String, Version> now = list();
        Set<String> names = new HashSet<>(now.keySet());
        names.addAll(before.keySet());
        names.addAll(settled.keySet());
        for (String name : names) {
            Version version = now.get(name);
            if (!Objects.equals(version, before.get(name))) {
                restless.merge(name, 1, Integer::sum);
            } else {
                restless.remove(name);
                settle(name, version);
            }
        }
        before = now;
        return Collections.unmodifiableMap(new TreeMap<>(settled));
    }

    private void settle(String name, @Nullable Version version) {
        Settled known = settled.get(name);
        if (version == null) {
            settled.remove(name);
        } else if (known == null
                || !known.version().equals(version)
                || known.content().fault() != null) {
            settled.put(name, new Settled(version, FileContent.read(directory.resolve(name))));
        }
    }

    /** Those that change from scan to scan. */
    List<String> restless() {
        return restless.entrySet().stream()
                .filter(entry -> entry.getValue() > MANY_SCANS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Version> list() throws IOException {
        Map<String, Version> versions = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                BasicFileAttributes attributes = FileName.of(name).isPresent() ? attributes(file) : null;
                if (attributes != null && (!attributes.isDirectory() || name.endsWith(FileName.SUFFIX))) {
                    versions.put(
                            name, new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return versions;
    }

    /** Null if it is gone; of a link that leads nowhere, the link's. */
    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            try {
                return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException gone) {
                return null;
            }
        }
    }
}
