// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.spi.identity.Credential;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.RequestFault;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client with an open event stream. It has no thread: a source with news wakes it, and one of the few shared threads writes as
 * much as the client accepts. Only one thread at a time uses its state.
 */
final class LiveClient implements WriteListener, AsyncListener {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Longest time that a client may take to accept more data; then the stream ends. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Longest duration of a stream; then the client reconnects and authenticates again. */
    static final Duration LONGEST = Duration.ofMinutes(10);
    /** Interval between checks whether a token or session has expired. Revocations arrive as notifications. */
    static final Duration ASKED_AGAIN = Duration.ofMillis(400);
    /** Number of items written per turn, so that other clients get a turn and a client that has ended is noticed. */
    private static final int TURN = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LiveClient.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final LiveSource source;
    private final Credential shown;
    private final Executor executor;
    private final Consumer<LiveClient> ended;
    private final AtomicInteger wakes = new AtomicInteger();
    private final long begunNanos = System.nanoTime();

    private volatile long wroteNanos = begunNanos;
    private volatile long askedNanos = begunNanos;
    private volatile boolean blocked;
    private volatile boolean gone;
    private volatile boolean overdue;
    private volatile boolean silent;
    private byte @Nullable [] ready = SseText.HELLO;
    private boolean dirty;
    private boolean failed;
    private boolean over;

    LiveClient(
            AsyncContext context,
            ServletOutputStream out,
            LiveSource source,
            Credential shown,
            Executor executor,
            Consumer<LiveClient> ended) {
        this.context = context;
        this.out = out;
        this.source = source;
        this.shown = shown;
        this.executor = executor;
        this.ended = ended;
    }

    LiveSource source() {
        return source;
    }

    boolean isAbout(JobId job) {
        return source.isAbout(job);
    }

    /** Schedules a look for data to write. */
    void wake() {
        if (!gone && wakes.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            executor.execute(this::turn);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host is stopping", e);
        }
    }

    /** Checks the timers, and wakes the client if one has expired. */
    void look(long nowNanos) {
        if (nowNanos - askedNanos >= ASKED_AGAIN.toNanos()) {
            askedNanos = nowNanos;
            askAgain();
        }
        long quiet = nowNanos - wroteNanos;
        silent |= !blocked && quiet > HEARTBEAT.toNanos();
        if (blocked ? quiet > TIMEOUT.toNanos() : nowNanos - begunNanos > LONGEST.toNanos()) {
            overdue = true;
            wake();
        } else if (source.polls() || silent) {
            wake();
        }
    }

    /** Ends the stream if the credentials are no longer valid. */
    void askAgain() {
        try {
            if (!gone && !shown.isGood()) {
                end();
            }
        } catch (JobyardException e) {
            LOG.debug("Cannot check the permissions of a client; retrying", e);
        }
    }

    /** Ends the stream because the host stops or the client is no longer allowed. */
    void end() {
        overdue = true;
        wake();
    }

    private void turn() {
        int seen = wakes.get();
        boolean hasMore = false;
        try {
            hasMore = write();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client of an event stream has disconnected", e);
            finish();
        }
        if (hasMore || wakes.addAndGet(-seen) != 0) {
            execute();
        }
    }

    /** Returns whether the turn ended early: the client accepts more, and more data may exist. */
    private boolean write() throws IOException {
        for (int n = 0; n < TURN; n++) {
            if (gone) {
                return false;
            } else if (overdue) {
                finish();
                return false;
            } else if (!out.isReady()) {
                blocked = true; // the container calls back when the client accepts more
                return false;
            }
            blocked = false;
            byte[] next = ready == null ? next() : ready;
            ready = null;
            if (next != null) {
                out.write(next);
                dirty = true;
                wroteNanos = System.nanoTime();
            } else if (dirty) {
                dirty = false;
                out.flush();
            } else if (over) {
                finish();
                return false;
            } else {
                return false;
            }
        }
        return true;
    }

    private byte @Nullable [] next() {
        if (over) {
            return null;
        }
        try {
            byte[] next = source.next();
            over = next == null && source.isFinished();
            boolean beats = next == null && silent;
            silent = false;
            return beats ? SseText.HEARTBEAT : next;
        } catch (JobyardException e) {
            over = true;
            boolean expired = e instanceof io.jobyard.api.CursorExpiredException;
            return SseText.event(null, expired ? "expired" : "problem", ErrorView.PROBLEM.json(RequestFault.of(e)));
        }
    }

    private void finish() {
        if (!gone) {
            gone = true;
            ended.accept(this);
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The container has ended it already", e);
            }
        }
    }

    private void forget() {
        gone = true;
        ended.accept(this);
    }

    @Override
    public void onWritePossible() {
        wake();
    }

    /** Handles a container error, usually a client that has disconnected. */
    @Override
    public void onError(Throwable fault) {
        if (!failed) {
            failed = true;
            end();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        forget();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // asynchronous processing is never restarted
    }
}
