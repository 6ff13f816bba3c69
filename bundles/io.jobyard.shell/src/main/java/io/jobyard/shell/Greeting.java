// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * First line from a client: {@code JOBYARD/1 MODE COLUMNS ROWS TERMINAL DIRECTORY}.
 *
 * @param mode the mode of the session
 * @param columns the columns of the terminal; 0 without a terminal
 * @param rows the rows of the terminal; 0 without a terminal
 * @param terminal the terminal's type
 * @param directory the client's working directory
 */
record Greeting(Mode mode, int columns, int rows, String terminal, Path directory) {

    /** Mode of a session. */
    enum Mode {
        /** One line of commands. */
        RUN,
        /** One command of scope {@code job}. The shell does not parse its arguments. */
        CALL,
        /** Commands, one per line. */
        LINES,
        /** Session with line editing. */
        TERMINAL
    }

    private static final int LONGEST = 8_192;

    static Greeting read(InputStream in) throws IOException {
        String line = line(in);
        String[] words = line.split(" ", 6);
        if (words.length < 5 || !words[0].equals("JOBYARD/1")) {
            throw new IOException("handshake not understood: use the bin/jobyard that belongs to this host");
        }
        try {
            return new Greeting(
                    Mode.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    words[4],
                    Path.of(words.length > 5 ? words[5] : "").toAbsolutePath());
        } catch (IllegalArgumentException e) {
            throw new IOException("invalid handshake: " + e.getMessage(), e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() >= LONGEST) {
                throw new IOException("invalid handshake: the first line is missing");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
