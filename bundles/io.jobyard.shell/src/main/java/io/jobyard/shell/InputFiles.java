// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.command.UnreadableFileException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads files and standard input as UTF-8 text. Refuses a text that is too large while reading it. */
final class InputFiles {

    /** Maximum number of bytes, and the configuration key for it. */
    record Limit(int most, String key) {}

    private InputFiles() {}

    /** Reads a file, or standard input for {@code -}. */
    static String read(String file, Screen screen, Limit limit) {
        return open(
                file,
                screen,
                limit,
                in -> StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(in.readAllBytes()))
                        .toString());
    }

    /** Reads a file, or standard input for {@code -}, and passes on each line immediately. */
    static void lines(String file, Screen screen, Limit limit, Consumer<String> each) {
        open(file, screen, limit, in -> {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
            }
            return "";
        });
    }

    private interface Reading {
        String from(InputStream in) throws IOException;
    }

    private static String open(String file, Screen screen, Limit limit, Reading reading) {
        String what = name(file);
        try {
            if (file.equals("-")) {
                return standardInput(screen.files().open(file), limit, reading);
            }
            try (InputStream in = screen.files().open(file)) {
                return reading.from(new Bounded(in, limit));
            }
        } catch (TooLargeException e) {
            throw new ValidationException(what + " has more than " + limit.most() + " bytes, the value of "
                    + limit.key() + ": submit less at once, or raise " + limit.key() + " in io.jobyard.scheduler");
        } catch (UnreadableFileException e) {
            throw new ValidationException(String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            throw new ValidationException("invalid text in " + what + ": it is not UTF-8; convert it first");
        } catch (IOException e) {
            throw new ValidationException(what + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads standard input to its end, even after a refusal. Otherwise, the session would run the remaining lines as
     * commands.
     */
    private static String standardInput(InputStream in, Limit limit, Reading reading) throws IOException {
        try {
            return reading.from(new Bounded(in, limit));
        } catch (TooLargeException | CharacterCodingException | ValidationException e) {
            in.transferTo(OutputStream.nullOutputStream());
            throw e;
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Bounded extends FilterInputStream {

        private int left;

        Bounded(InputStream in, Limit limit) {
            super(in);
            left = limit.most();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new TooLargeException();
            }
            return read;
        }
    }

    static String name(String file) {
        return file.equals("-") ? "standard input" : file;
    }
}
