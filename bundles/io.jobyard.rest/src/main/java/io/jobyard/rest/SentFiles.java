// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.settings.api.command.Frame;
import io.jobyard.settings.api.command.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of a command request: first the words of the command, then the files that they name. The command reads the files on demand, so
 * that memory never holds all of them. Not thread-safe.
 */
final class SentFiles implements CommandFiles {

    private static final int LONGEST = 4_194_304;

    private final ReadableByteChannel body;
    private final List<String> words = new ArrayList<>();
    private @Nullable Frame next;

    /** Reads the words. Throws if the body contains no words. */
    SentFiles(InputStream in) throws IOException {
        body = Channels.newChannel(in);
        int length = 0;
        for (next = read(); next != null && next.kind() == Frame.WORD; next = read()) {
            words.add(next.text());
            length += next.bytes().length;
            if (length > LONGEST) {
                throw new ValidationException(
                        "the command is longer than " + LONGEST + " bytes; use --file for long values");
            }
        }
        if (words.isEmpty()) {
            throw new ValidationException("the body contains no command; use bin/jobyard --url");
        }
    }

    List<String> words() {
        return words;
    }

    @Override
    public InputStream open(String name) throws IOException {
        while (next != null && !(next.kind() == Frame.FILE && next.text().equals(name))) {
            next = read();
        }
        if (next == null) {
            throw new UnreadableFileException("'" + name
                    + "' was not sent with the command, and the host opens no files of its own; use bin/jobyard --url,"
                    + " which sends files");
        }
        next = read();
        if (next != null && next.kind() == Frame.FAULT) {
            throw new UnreadableFileException(next.text());
        }
        return new Contents();
    }

    /** Reads the rest of the body: a client may accept the answer only after it has sent everything. */
    void drain() throws IOException {
        while (next != null) {
            next = read();
        }
    }

    private @Nullable Frame read() throws IOException {
        try {
            return Frame.read(body);
        } catch (ProtocolException e) {
            throw new ValidationException("invalid command in the body: " + e.getMessage() + "; use bin/jobyard --url");
        }
    }

    /** Contents of one file: the parts before the next file. */
    private final class Contents extends InputStream {

        private int done;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (next != null && next.kind() == Frame.PART && done == next.bytes().length) {
                next = SentFiles.this.read();
                done = 0;
            }
            if (next == null || next.kind() != Frame.PART) {
                return -1;
            }
            int count = Math.min(length, next.bytes().length - done);
            System.arraycopy(next.bytes(), done, bytes, offset, count);
            done += count;
            return count;
        }
    }
}
