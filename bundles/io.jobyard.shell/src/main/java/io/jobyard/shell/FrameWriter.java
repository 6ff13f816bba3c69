// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes a session's output to its client, as frames of kind, length and bytes. One thread writes them: an interrupt while a
 * thread writes closes the socket, and Ctrl-C interrupts the threads that run commands.
 */
final class FrameWriter {

    static final byte OUT = 1;
    static final byte ERR = 2;
    private static final byte EXIT = 3;
    private static final int HEAD = 5;
    private static final int AHEAD = 16;
    private static final int CHUNK = 65_536;
    private static final ByteBuffer BEAT = frame(OUT, new byte[0], 0, 0).asReadOnlyBuffer();

    private final SocketChannel channel;
    private final BlockingQueue<ByteBuffer> queue = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean over;

    FrameWriter(SocketChannel channel) {
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
                for (int done = 0; done < length; done += CHUNK) {
                    send(frame(kind, bytes, offset + done, Math.min(CHUNK, length - done)));
                }
            }
        };
    }

    void exit(int code) throws IOException {
        send(frame(EXIT, new byte[] {(byte) code}, 0, 1));
    }

    /**
     * Writes until the exit frame is sent. An empty frame each second detects a client that is gone, which otherwise looks like
     * one without more input.
     */
    void pump() throws IOException, InterruptedException {
        try {
            byte kind = OUT;
            while (kind != EXIT) {
                ByteBuffer next = queue.poll(1, TimeUnit.SECONDS);
                ByteBuffer frame = next == null ? BEAT.duplicate() : next;
                kind = frame.get(frame.position());
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            }
        } finally {
            over = true;
        }
    }

    private void send(ByteBuffer frame) throws IOException {
        boolean interrupted = false;
        try {
            do {
                interrupted |= Thread.interrupted();
                if (over) {
                    throw new IOException("the client is gone");
                }
            } while (!offered(frame));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean offered(ByteBuffer frame) {
        try {
            return queue.offer(frame) || queue.offer(frame, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ByteBuffer frame(byte kind, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(HEAD + length)
                .put(kind)
                .putInt(length)
                .put(bytes, offset, length)
                .flip();
    }
}
