// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Serves a client of the socket. Its thread is interrupted when the client is gone or the host stops. */
interface ShellSession {

    /** Maximum size of a command in bytes. Larger input needs a file or standard input. */
    int LONGEST_LINE = 4_194_304;

    /**
     * Client.
     *
     * @param greeting the client's first line
     * @param user the client's operating system user
     * @param command the command in mode run; its words separated by NUL in mode call; otherwise null
     * @param in the client's standard input, lines or keys
     * @param out the client's standard output
     * @param err the client's standard error
     */
    record Client(
            Greeting greeting,
            String user,
            @Nullable String command,
            InputStream in,
            OutputStream out,
            OutputStream err) {}

    /** Serves the client until its end and returns the exit code. */
    int serve(Client client) throws Exception;
}
