// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Serves a client of the socket. Its thread is interrupted when the client is gone or the host stops. */
interface ShellSession {

    /** The most bytes of a command. Larger input goes through a file or standard input. */
    int LONGEST_LINE = 4_194_304;

    /**
     * One client.
     *
     * @param greeting how it presented itself
     * @param user its operating system's user
     * @param command what to run, in mode run; its words with a NUL between them, in mode call; else null
     * @param in its standard input, its lines or its keys
     * @param out its standard output
     * @param err its standard error
     */
    record Client(
            Greeting greeting,
            String user,
            @Nullable String command,
            InputStream in,
            OutputStream out,
            OutputStream err) {}

    /** Serves the client to its end and returns the exit code. */
    int serve(Client client) throws Exception;
}
