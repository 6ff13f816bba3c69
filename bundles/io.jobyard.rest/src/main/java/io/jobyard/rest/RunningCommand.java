// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobyardException;
import io.jobyard.settings.api.command.Frame;
import io.jobyard.settings.api.command.FrameWriter;
import io.jobyard.spi.identity.Credential;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Command of a remote caller: one thread runs it, and another writes its output. The request ends when both threads have finished. */
final class RunningCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCommand.class);

    /** Work of a command. */
    @FunctionalInterface
    interface CommandWork {
        /** Runs the command and returns its exit code. */
        int run(OutputStream out, OutputStream err) throws IOException;
    }

    private final AsyncContext context;
    private final FrameWriter frames;
    private final CommandWork work;
    private final Runnable end;
    private final AtomicInteger threads = new AtomicInteger(2);
    /** Guarded by this object: an interrupt must not reach the thread's next work. */
    private @Nullable Thread running;

    private boolean gone;

    RunningCommand(AsyncContext context, Credential shown, CommandWork work, Runnable end) throws IOException {
        this.context = context;
        this.work = work;
        this.end = end;
        frames = new FrameWriter(new AnswerChannel(context.getResponse().getOutputStream(), shown));
    }

    /** Writes to the client, and ends the command when the client has disconnected. */
    void write() {
        try {
            frames.pump();
        } catch (IOException | InterruptedException e) {
            LOG.debug("The client of a command has disconnected: {}", e.toString());
            interrupt();
        } finally {
            leave();
        }
    }

    void run() {
        begin();
        try {
            frames.exit(exit());
        } catch (IOException e) {
            LOG.debug("A command was ended: {}", e.toString());
        } finally {
            rest();
            leave();
        }
    }

    private int exit() throws IOException {
        OutputStream err = frames.stream(Frame.ERR);
        try {
            return work.run(frames.stream(Frame.OUT), err);
        } catch (RuntimeException e) {
            LOG.error("A command failed", e);
            err.write("the command failed in the host; see the host's log\n".getBytes(StandardCharsets.UTF_8));
            return 1;
        }
    }

    private synchronized void begin() {
        running = Thread.currentThread();
        if (gone) {
            running.interrupt();
        }
    }

    private synchronized void interrupt() {
        gone = true;
        if (running != null) {
            running.interrupt();
        }
    }

    private synchronized void rest() {
        running = null;
        Thread.interrupted(); // clears our own interrupt, which is no longer needed
    }

    private void leave() {
        if (threads.decrementAndGet() == 0) {
            end.run();
            context.complete();
        }
    }

    /** Channel to the client that fails when the credentials are no longer valid. */
    private static final class AnswerChannel implements WritableByteChannel {

        private final OutputStream out;
        private final Credential shown;
        private long askedNanos = System.nanoTime();

        AnswerChannel(OutputStream out, Credential shown) {
            this.out = out;
            this.shown = shown;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (System.nanoTime() - askedNanos > LiveClient.ASKED_AGAIN.toNanos() && isRefused()) {
                throw new IOException("the token or session has ended");
            }
            int length = bytes.remaining();
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
            out.flush();
            bytes.position(bytes.limit());
            return length;
        }

        private boolean isRefused() {
            askedNanos = System.nanoTime();
            try {
                return !shown.isGood();
            } catch (JobyardException e) {
                LOG.debug("Cannot check the permissions of a client; retrying", e);
                return false;
            }
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // the end of the request closes it
        }
    }
}
