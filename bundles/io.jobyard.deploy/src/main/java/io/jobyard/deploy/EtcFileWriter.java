// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Replaces a file of {@code etc/} completely and keeps its mode, owner and group. */
final class EtcFileWriter {

    private EtcFileWriter() {}

    /**
     * Replaces the content of a file, or of the target of a link. Throws if owner and group cannot be kept; then the
     * file is unchanged.
     */
    static void replace(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path directory = Objects.requireNonNull(target.getParent());
        Path next = Files.createTempFile(directory, ".next", null); // hidden, so that it is not read as a configuration
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.exists(target)) {
                adopt(next, Files.readAttributes(target, PosixFileAttributes.class));
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true); // otherwise a loss of power could restore the old file
        }
    }

    private static void adopt(Path next, PosixFileAttributes known) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes fresh = view.readAttributes();
        if (!fresh.owner().equals(known.owner())) {
            view.setOwner(known.owner());
        }
        if (!fresh.group().equals(known.group())) {
            view.setGroup(known.group());
        }
        view.setPermissions(known.permissions());
    }
}
