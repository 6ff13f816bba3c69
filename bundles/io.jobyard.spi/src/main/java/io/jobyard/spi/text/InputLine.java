// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Line of an input that others read afterwards. */
public final class InputLine {

    private InputLine() {}

    /**
     * Reads the next line, and no byte after it.
     *
     * @param longest the maximum number of bytes
     * @param tooLong the error for a longer line
     * @return the line without its end; null at the end of the input
     * @throws IOException if the line is too long, or the input cannot be read
     */
    public static @Nullable String read(InputStream in, int longest, String tooLong) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == longest) {
                throw new IOException(tooLong);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
