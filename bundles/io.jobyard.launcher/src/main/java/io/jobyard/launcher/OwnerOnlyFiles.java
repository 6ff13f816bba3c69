// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates files and directories that only the host's user may use, whatever the umask. Existing ones keep their mode. */
final class OwnerOnlyFiles {

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = modes("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = modes("rw-------");

    private OwnerOnlyFiles() {}

    /** Creates a directory and its missing parents. */
    static void directory(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    static void copy(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from);
                FileChannel target =
                        FileChannel.open(to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
            target.transferFrom(source, 0, source.size());
        }
    }

    /** Writes a new file. */
    static void write(Path file, String text) throws IOException {
        try (FileChannel channel = open(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Opens a file for writing, and creates it if it is missing. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
    }

    private static FileAttribute<Set<PosixFilePermission>> modes(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
