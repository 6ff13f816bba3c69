// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The client's side of the admin socket's protocol. */
final class ShellProtocol {

    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int EXIT = 3;
    private static final int HEAD = 5;
    private static final int BUFFER = 65_536;
    /** Marks a size among the keys; UTF-8 has no such byte. */
    static final int MARK = 255;

    private static final int SIZE = 5;

    private ShellProtocol() {}

    /**
     * Sends the request. Like all methods that send it never fails: a host that refuses the client says why in its answer.
     */
    static void greet(SocketChannel channel, String mode, String terminal, @Nullable String command) {
        try {
            String directory = Path.of("").toAbsolutePath().toString();
            send(channel, utf8("JOBYARD/1 " + mode + " " + terminal + " " + directory + "\n"));
            if (command != null) {
                ByteBuffer bytes = utf8(command);
                send(
                        channel,
                        ByteBuffer.allocate(Integer.BYTES)
                                .putInt(bytes.remaining())
                                .flip());
                send(channel, bytes);
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Passes the input on to its end. */
    static void input(SocketChannel channel, InputStream in) {
        try {
            byte[] bytes = new byte[BUFFER];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                send(channel, ByteBuffer.wrap(bytes, 0, count));
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            return;
        }
    }

    /** Sends the terminal's new size among the keys. */
    static void resize(SocketChannel channel, int columns, int rows) {
        try {
            send(
                    channel,
                    ByteBuffer.allocate(SIZE)
                            .put((byte) MARK)
                            .putShort((short) columns)
                            .putShort((short) rows)
                            .flip());
        } catch (IOException e) {
            return;
        }
    }

    /** Prints the host's output and returns the exit code. */
    static int receive(SocketChannel channel, PrintStream out, PrintStream err) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        while (true) {
            fill(channel, head.clear());
            int kind = head.flip().get();
            int left = head.getInt();
            while (left > 0) {
                fill(channel, bytes.clear().limit(Math.min(left, BUFFER)));
                left -= bytes.position();
                if (kind == EXIT) {
                    return bytes.get(0) == 0 ? 0 : 1;
                }
                PrintStream stream = kind == ERR ? err : out;
                stream.write(bytes.array(), 0, bytes.position());
                stream.flush();
            }
            if (kind != OUT && kind != ERR) {
                throw new IOException("the host speaks another protocol");
            }
        }
    }

    private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it ended without an answer");
            }
        }
    }

    /** Sends all bytes together, also while another thread sends. */
    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        synchronized (channel) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
