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

/** Small files that the host keeps for itself, readable for its user alone. */
public final class OwnFile {

    private OwnFile() {}

    /**
     * Replaces a whole file: after any failure, even of the power, the file has either its old or its new content.
     *
     * @param file its directory is created if missing
     * @throws IOException if it cannot be written; then the file is unchanged
     */
    public static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(file.getParent(), "next", null); // of mode 0600
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
            Files.deleteIfExists(next); // or a full disk fills with these
        }
    }
}
