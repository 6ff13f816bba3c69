// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files of the host that only its operating system user can read. */
public final class OwnFile {

    private OwnFile() {}

    /**
     * Replaces a file atomically. After any failure, even a loss of power, the file has either its old or its new content.
     *
     * @param file file; its directory is created if missing
     * @throws IOException if the file cannot be written; then it is unchanged
     */
    public static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(file.getParent(), "next", null); // creates it with mode 0600
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next); // otherwise a full disk would fill with these files
        }
    }
}
