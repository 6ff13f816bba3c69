// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * File of an archive that only this host writes, with one gzip member per slice. A member that a fault cut off is removed, so that the
 * following members can be read. Only for one thread at a time.
 */
final class ArchiveFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private long whole;

    /** Creates the file. Throws an exception if it already exists. */
    ArchiveFile(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    long size() {
        return whole;
    }

    /** Writes the text. Returns when it is on the disk. */
    void append(String text) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(member.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(whole);
            throw e;
        }
        whole += member.size();
    }

    /** Removes a file without content. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (whole == 0) {
            Files.delete(file);
        }
    }
}
