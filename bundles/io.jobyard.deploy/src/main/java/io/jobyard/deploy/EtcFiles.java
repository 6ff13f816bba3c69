// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.deploy.SettledFiles.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the settled configuration files of a directory. Used by one thread at a time. */
final class EtcFiles {

    record SettledContent(Version version, FileContent content) {}

    private final Path directory;
    private final SettledFiles files;
    private final Map<String, SettledContent> read = new TreeMap<>();

    EtcFiles(Path directory) {
        this.directory = directory;
        files = new SettledFiles(directory, this::isConfiguration);
    }

    private boolean isConfiguration(Path file, BasicFileAttributes is) {
        String name = file.getFileName().toString();
        return (read.containsKey(name) || FileName.of(name).isPresent())
                && (!is.isDirectory() || name.endsWith(FileName.SUFFIX));
    }

    /** Reads all files at the start, without waiting for them to settle. */
    Map<String, SettledContent> first() throws IOException {
        return read(files.first());
    }

    Map<String, SettledContent> scan() throws IOException {
        return read(files.scan());
    }

    /** Returns whether more files may belong to those of the last scan. */
    boolean areSettling() {
        return files.areSettling();
    }

    /** Returns the files that never settle. */
    List<String> restless() {
        return files.restless();
    }

    private Map<String, SettledContent> read(Map<String, Version> there) {
        read.keySet().retainAll(there.keySet());
        there.forEach((name, version) -> {
            SettledContent known = read.get(name);
            if (known == null
                    || !known.version().equals(version)
                    || known.content().fault() != null && !files.isChanging(name)) {
                read.put(name, new SettledContent(version, FileContent.read(directory.resolve(name))));
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(read));
    }
}
