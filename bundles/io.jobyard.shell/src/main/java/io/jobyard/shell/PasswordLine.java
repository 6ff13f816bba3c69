// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.command.CommandFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * Reads a password: twice and hidden on a terminal, otherwise from the next line of standard input. Other users could
 * see it as an argument.
 */
final class PasswordLine {

    private static final int LONGEST = 4_096;
    private static final Character UNSEEN = '\0';

    private PasswordLine() {}

    static char[] read(Screen screen) {
        Terminal terminal = screen.terminal();
        return terminal == null ? next(screen) : typed(terminal);
    }

    private static char[] typed(Terminal terminal) {
        LineReader reader = LineReaderBuilder.builder()
                .appName("jobyard-password")
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        boolean echo = terminal.echo(false); // also hides keys that the user types between the two lines
        try {
            String typed = reader.readLine("password: ", UNSEEN);
            if (!typed.equals(reader.readLine("repeat: ", UNSEEN))) {
                throw new UsageException("the passwords differ; nothing was changed");
            }
            return typed.toCharArray();
        } catch (UserInterruptException | EndOfFileException e) {
            throw new UsageException("no password was typed; nothing was changed");
        } finally {
            terminal.echo(echo);
        }
    }

    /** Reads no byte after the line, because commands may follow. */
    private static char[] next(Screen screen) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            InputStream in = screen.files().open(CommandFiles.STANDARD_INPUT);
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (line.size() >= LONGEST) {
                    throw new ValidationException("the first line of standard input is too long for a password");
                }
                line.write(next);
            }
            return chars(line.toByteArray());
        } catch (CharacterCodingException e) {
            throw new ValidationException("invalid password on standard input: it is not UTF-8; convert it first");
        } catch (IOException e) {
            throw new ValidationException("cannot read the password from standard input: " + e.getMessage());
        }
    }

    private static char[] chars(byte[] line) throws CharacterCodingException {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        if (length == 0) {
            throw new UsageException(
                    "missing password: type it on a terminal, or give it as the first line of standard input, for"
                            + " example from a file that only you may read");
        }
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
        char[] password = new char[decoded.remaining()];
        decoded.get(password);
        Arrays.fill(line, (byte) 0);
        Arrays.fill(decoded.array(), '\0');
        return password;
    }
}
