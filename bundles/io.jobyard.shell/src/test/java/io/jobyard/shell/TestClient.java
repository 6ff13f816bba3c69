// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The plainest client of the admin socket. */
final class TestClient implements AutoCloseable {

    private final SocketChannel channel;

    TestClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    TestClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    TestClient send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    TestClient command(String command) throws IOException {
        byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
        return send("JOBYARD/1 run 0 0 dumb\n")
                .send(ByteBuffer.allocate(4).putInt(bytes.length).array())
                .send(bytes);
    }

    /** A command of one call. */
    TestClient words(String... words) throws IOException {
        byte[] bytes = String.join("\0", words).getBytes(StandardCharsets.UTF_8);
        return send(ByteBuffer.allocate(4).putInt(bytes.length).array()).send(bytes);
    }

    TestClient noMore() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Reads to the exit frame. */
    TestShell.Answer answer() throws IOException {
        ByteArrayOutputStream[] streams = {null, new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        while (true) {
            ByteBuffer head = read(5);
            int kind = head.get();
            byte[] bytes = read(head.getInt()).array();
            if (kind == 3) {
                return new TestShell.Answer(
                        bytes[0],
                        streams[1].toString(StandardCharsets.UTF_8),
                        streams[2].toString(StandardCharsets.UTF_8));
            }
            streams[kind].writeBytes(bytes);
        }
    }

    /** Reads until the host has said this. */
    void until(String text) throws IOException {
        String said = "";
        while (!said.contains(text)) {
            ByteBuffer head = read(5);
            head.get();
            said = said.substring(Math.max(0, said.length() - text.length()))
                    + StandardCharsets.UTF_8.decode(read(head.getInt()));
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
