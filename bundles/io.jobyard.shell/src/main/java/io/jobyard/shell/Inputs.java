// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files and standard input, as UTF-8 text. */
final class Inputs {

    /** The largest {@code max.payload.bytes} that can be configured. */
    static final int MAX_BYTES = 67_108_864;

    private Inputs() {}

    /**
     * Reads a file, or standard input for {@code -}.
     *
     * @param most how many bytes at most
     */
    static String read(String file, Screen screen, int most) {
        String what = name(file);
        byte[] bytes;
        try {
            if (file.equals("-")) {
                bytes = screen.in().readNBytes(most + 1);
            } else {
                try (InputStream in = Files.newInputStream(existing(file, screen.directory()))) {
                    bytes = in.readNBytes(most + 1);
                }
            }
        } catch (IOException e) {
            throw new ValidationException(what + " cannot be read: " + e.getMessage());
        }
        if (bytes.length > most) {
            throw new ValidationException(what + " is larger than " + most + " bytes, the most that is read");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ValidationException(what + " is not UTF-8 text; convert it first");
        }
    }

    static String name(String file) {
        return file.equals("-") ? "standard input" : file;
    }

    private static Path existing(String file, Path directory) {
        Path path;
        try {
            path = directory.resolve(file);
        } catch (InvalidPathException e) {
            throw new ValidationException("'" + file + "' is no file name: " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new ValidationException(
                    "there is no file '" + path + "'; check the name, or use - for standard input");
        }
        if (Files.isDirectory(path)) {
            throw new ValidationException("'" + path + "' is a directory; name a file in it");
        }
        return path;
    }
}
