// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * The size of the terminal on standard output.
 *
 * @param columns the columns; 0 if standard output is not a terminal
 * @param rows the rows; 0 if standard output is not a terminal
 */
record TerminalSize(int columns, int rows) {

    static final TerminalSize NONE = new TerminalSize(0, 0);
    /** The size of a terminal that does not report one. */
    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final int LARGEST = 32_767;

    /** {@code stty} asks the terminal on standard output, and answers on standard error. */
    static TerminalSize now() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "test -t 1 && stty size <&1 >&2")
                .redirectOutput(Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return ShellTerminal.exit(process) == 0 ? parse(answer) : NONE;
    }

    static TerminalSize parse(String answer) {
        if (!answer.matches("\\d{1,5} \\d{1,5}")) {
            return USUAL;
        }
        String[] words = answer.split(" ");
        int columns = Integer.parseInt(words[1]);
        int rows = Integer.parseInt(words[0]);
        return columns == 0 || rows == 0
                ? USUAL
                : new TerminalSize(Math.min(columns, LARGEST), Math.min(rows, LARGEST));
    }

    /** Returns columns, rows and type in the format of the greeting. */
    String words() {
        String type = System.getenv().getOrDefault("TERM", "");
        return columns + " " + rows + " " + (columns == 0 || type.isBlank() ? "dumb" : type);
    }
}
