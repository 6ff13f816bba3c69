// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writer of a command's or session's output to the client. A separate thread writes, because an interrupt during a write closes the
 * connection, and Ctrl-C interrupts the threads that run commands. If the client does not read, a few frames stay in memory.
 */
public final class FrameWriter {

    private static final int AHEAD = 16;
    private static final int CHUNK = 65_536;
    private static final Frame BEAT = new Frame(Frame.OUT, new byte[0]);

    private final WritableByteChannel channel;
    private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean over;

    /** Creates a writer to a channel that sends immediately. */
    public FrameWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Returns a stream to the client, of the kind {@link Frame#OUT} or {@link Frame#ERR}. It waits while the client does not read, and
     * fails once the client is gone.
     */
    public OutputStream stream(byte kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += CHUNK) {
                    int from = offset + done;
                    send(new Frame(kind, Arrays.copyOfRange(bytes, from, from + Math.min(CHUNK, length - done))));
                }
            }
        };
    }

    /** Sends the exit code as the last frame. */
    public void exit(int code) throws IOException {
        send(new Frame(Frame.EXIT, new byte[] {(byte) code}));
    }

    /**
     * Writes until the exit frame is sent. An empty frame each second detects a lost client, which otherwise looks like a client without
     * input.
     */
    public void pump() throws IOException, InterruptedException {
        try {
            for (Frame last = BEAT; last.kind() != Frame.EXIT; ) {
                Frame next = queue.poll(1, TimeUnit.SECONDS);
                List<Frame> ready = new ArrayList<>(List.of(next == null ? BEAT : next));
                queue.drainTo(ready);
                last = ready.get(ready.size() - 1);
                for (ByteBuffer bytes = joined(ready); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
            }
        } finally {
            over = true;
        }
    }

    private static ByteBuffer joined(List<Frame> frames) {
        List<ByteBuffer> sent = frames.stream().map(Frame::sent).toList();
        ByteBuffer all = ByteBuffer.allocate(
                sent.stream().mapToInt(ByteBuffer::remaining).sum());
        sent.forEach(all::put);
        return all.flip();
    }

    private void send(Frame frame) throws IOException {
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

    private boolean offered(Frame frame) {
        try {
            return queue.offer(frame) || queue.offer(frame, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
