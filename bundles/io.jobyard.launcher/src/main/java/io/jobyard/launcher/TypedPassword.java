// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Password that a person types for a command of the host, which has no terminal on which it could hide the password.
 */
final class TypedPassword {

    private TypedPassword() {}

    /**
     * Returns the standard input of a command: for a command that asks for a password, the password, typed twice
     * without echo.
     */
    static InputStream input(List<String> words) throws IOException {
        if (!isAsked(words) || !ShellTerminal.isTyped()) {
            return System.in;
        }
        ShellTerminal terminal = ShellTerminal.silent();
        try {
            byte[] typed = line("password: ");
            if (!Arrays.equals(typed, line("repeat password: "))) {
                throw new LaunchException("the passwords differ; nothing was changed");
            }
            return new ByteArrayInputStream(typed);
        } finally {
            terminal.close();
        }
    }

    /** Returns whether the words are {@code user add NAME} or {@code user password NAME}, with options anywhere. */
    static boolean isAsked(List<String> words) {
        List<String> plain =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        return plain.size() > 2
                && plain.get(0).replaceFirst("^job:", "").equals("user")
                && (words.contains("add") || words.contains("password"))
                && !words.contains("--help");
    }

    private static byte[] line(String prompt) throws IOException {
        System.err.print(prompt);
        System.err.flush();
        byte[] line = next();
        System.err.println();
        return line;
    }

    /** Reads the next line of standard input. */
    static byte[] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = System.in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = System.in.read();
        }
        return line.toByteArray();
    }
}
