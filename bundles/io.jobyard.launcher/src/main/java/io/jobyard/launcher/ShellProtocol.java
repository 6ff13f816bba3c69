// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.settings.api.command.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The client side of the admin socket's protocol. A remote host uses the same frames. */
final class ShellProtocol {

    private static final int BUFFER = 65_536;
    /** Marks a size among the keys; UTF-8 has no such byte. */
    static final int MARK = 255;

    private static final int SIZE = 5;

    private ShellProtocol() {}

    /**
     * Sends the request. Like all methods that send, it never fails: a host that refuses the client sends the reason.
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
    static int receive(ReadableByteChannel channel, PrintStream out, PrintStream err) throws IOException {
        while (true) {
            Frame frame = Frame.read(channel);
            if (frame == null) {
                throw new EOFException("the connection ended without an answer");
            }
            switch (frame.kind()) {
                case Frame.EXIT -> {
                    return frame.bytes().length == 1 ? Byte.toUnsignedInt(frame.bytes()[0]) : 1;
                }
                case Frame.OUT, Frame.ERR -> {
                    PrintStream stream = frame.kind() == Frame.ERR ? err : out;
                    stream.write(frame.bytes(), 0, frame.bytes().length);
                    stream.flush();
                }
                default ->
                    throw new IOException(
                            "unknown frame from the host: the host has a different version; use the bin/jobyard of the host's version");
            }
        }
    }

    /** Sends all bytes together, even while another thread sends. */
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
