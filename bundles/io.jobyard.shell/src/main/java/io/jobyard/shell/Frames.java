// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes what a session says to its client: kind, length, bytes. */
final class Frames {

    static final byte OUT = 1;
    static final byte ERR = 2;
    private static final byte EXIT = 3;
    private static final int HEAD = 5;

    private final Object lock = new Object();
    private final SocketChannel channel;

    Frames(SocketChannel channel) {
        this.channel = channel;
    }

    OutputStream stream(byte kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    send(kind, bytes, offset, length);
                }
            }
        };
    }

    /** An empty frame: fails once the client is gone, which a half-closed connection does not tell otherwise. */
    void beat() throws IOException {
        send(OUT, new byte[0], 0, 0);
    }

    void exit(int code) throws IOException {
        send(EXIT, new byte[] {(byte) code}, 0, 1);
    }

    private void send(byte kind, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length)
                .put(kind)
                .putInt(length)
                .put(bytes, offset, length)
                .flip();
        synchronized (lock) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }
}
