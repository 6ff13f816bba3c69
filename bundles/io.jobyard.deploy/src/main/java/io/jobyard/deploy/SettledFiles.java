// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of one kind in a directory. A change or removal counts after two equal scans in a row, so that a
 * half-written file is not read and a rename is not a removal. Confined to one thread at a time.
 */
final class SettledFiles {

    /**
     * The version of a file. The change time distinguishes two contents of equal size and modification time, as written
     * by copies and archives that keep times.
     *
     * @param changed the change time; null if the file system has none
     */
    record Version(
            FileTime modified,
            long size,
            @Nullable Object key,
            @Nullable FileTime changed) {

        /**
         * Returns whether only the change time differs: another content, or the same one with other permissions,
         * another name or another link.
         */
        boolean differsInChangeTime(@Nullable Version other) {
            return other != null
                    && !Objects.equals(changed, other.changed)
                    && equals(new Version(other.modified, other.size, other.key, changed));
        }
    }

    private record Attributes(
            BasicFileAttributes basic, @Nullable FileTime changed) {}

    /** 10 s: a file must be applied by then. */
    private static final int MANY_SCANS = 20;
    /** 5 s: files that are copied together have arrived by then. */
    private static final int SCANS_TO_SETTLE = 10;

    private static final String UNIX = "unix";
    private static final String CHANGE_TIME = UNIX + ":ctime";

    private final Path directory;
    private final BiPredicate<Path, BasicFileAttributes> kind;
    private final Map<String, Version> settled = new TreeMap<>();
    private final Map<String, Integer> changing = new TreeMap<>();
    private final boolean hasChangeTimes;
    private Map<String, Version> before = Map.of();
    /** Number of scans in a row with a file that had not settled. */
    private int unsettled;

    /** {@code kind} sees a broken link's own attributes. */
    SettledFiles(Path directory, BiPredicate<Path, BasicFileAttributes> kind) {
        this.directory = directory;
        this.kind = kind;
        hasChangeTimes = directory.getFileSystem().supportedFileAttributeViews().contains(UNIX);
    }

    /** Returns all files at the start, without waiting for them to settle. */
    Map<String, Version> first() throws IOException {
        before = list();
        return scan();
    }

    /** Returns all settled files by name. */
    Map<String, Version> scan() throws IOException {
        Map<String, Version> now = list();
        Set<String> names = new HashSet<>(now.keySet());
        names.addAll(before.keySet());
        names.addAll(settled.keySet());
        for (String name : names) {
            Version version = now.get(name);
            if (!Objects.equals(version, before.get(name))) {
                changing.merge(name, 1, Integer::sum);
            } else {
                changing.remove(name);
                settled.compute(name, (same, old) -> version);
            }
        }
        before = now;
        unsettled = changing.isEmpty() ? 0 : unsettled + 1;
        return Collections.unmodifiableMap(new TreeMap<>(settled));
    }

    /** Returns whether the last two scans found different versions. */
    boolean isChanging(String name) {
        return changing.containsKey(name);
    }

    /**
     * Returns whether more files may belong to the settled ones, because some have not settled. Limited to 5 seconds.
     */
    boolean areSettling() {
        return unsettled > 0 && unsettled <= SCANS_TO_SETTLE;
    }

    /** Returns the files that never settle. */
    List<String> restless() {
        return changing.entrySet().stream()
                .filter(entry -> entry.getValue() > MANY_SCANS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Version> list() throws IOException {
        Map<String, Version> versions = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Attributes all = attributes(file);
                if (all != null && kind.test(file, all.basic())) {
                    BasicFileAttributes is = all.basic();
                    versions.put(
                            file.getFileName().toString(),
                            new Version(is.lastModifiedTime(), is.size(), is.fileKey(), all.changed()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return versions;
    }

    /** Returns null if the file is gone, and the link's own attributes for a broken link. */
    private @Nullable Attributes attributes(Path file) throws IOException {
        try {
            return read(file);
        } catch (IOException e) {
            try {
                return read(file, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException gone) {
                return null;
            }
        }
    }

    private Attributes read(Path file, LinkOption... options) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, options);
        return new Attributes(basic, hasChangeTimes ? (FileTime) Files.getAttribute(file, CHANGE_TIME, options) : null);
    }
}
