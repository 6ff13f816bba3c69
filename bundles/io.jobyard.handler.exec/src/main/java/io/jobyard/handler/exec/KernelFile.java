// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes kernel files. Unlike {@code java.nio}, it is not cut short by an interrupt, which would miss
 * processes.
 */
final class KernelFile {

    private KernelFile() {}

    static String read(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static void write(Path file, String text) throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
