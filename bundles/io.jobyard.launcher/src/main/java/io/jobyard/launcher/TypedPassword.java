// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Password that a person types for a command of the host, which has no terminal on which it could hide the password. Its
 * bytes never become a text, and are cleared after use.
 */
final class TypedPassword extends ByteArrayInputStream {

    private static final int LONGEST = 4_096;

    TypedPassword(byte[] typed) {
        super(typed);
    }

    /** Reads the password, and clears it at its end. */
    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
        int count = super.read(bytes, offset, length);
        if (count < 0) {
            Arrays.fill(buf, (byte) 0);
        }
        return count;
    }

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
            byte[] repeated = line("repeat password: ");
            boolean isSame = Arrays.equals(typed, repeated);
            Arrays.fill(repeated, (byte) 0);
            if (!isSame) {
                Arrays.fill(typed, (byte) 0);
                throw new LaunchException("the passwords differ; nothing was changed");
            }
            return new TypedPassword(typed);
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
        byte[] line = new byte[LONGEST];
        int length = 0;
        try {
            for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
                if (length == LONGEST) {
                    throw new LaunchException("the line is too long for a password; nothing was changed");
                }
                line[length++] = (byte) next;
            }
            return Arrays.copyOf(line, length);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
