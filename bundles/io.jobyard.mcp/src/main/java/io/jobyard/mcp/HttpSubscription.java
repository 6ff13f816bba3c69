// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.api.spi.identity.Credential;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that listens by HTTP: it has no thread, and is written to as it takes more. Ends when its token or session is revoked. */
final class HttpSubscription implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSubscription.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Subscription subscription;
    private final Credential shown;
    private long wroteNanos = System.nanoTime();
    private boolean dirty;
    private boolean gone;

    HttpSubscription(AsyncContext context, ServletOutputStream out, Subscription subscription, Credential shown) {
        this.context = context;
        this.out = out;
        this.subscription = subscription;
        this.shown = shown;
    }

    /** From now on whatever it is told is written. */
    void begin() {
        context.setTimeout(0);
        context.addListener(this);
        out.setWriteListener(this);
        subscription.onNews(this::write);
    }

    @Override
    public void onWritePossible() {
        write();
    }

    private synchronized void write() {
        try {
            while (!gone && out.isReady()) {
                if (!mayGoOn()) {
                    subscription.cancel();
                }
                byte[] next = next();
                if (next != null) {
                    out.write(next);
                    wroteNanos = System.nanoTime();
                    dirty = true;
                } else if (dirty) {
                    out.flush();
                    dirty = false;
                } else if (subscription.isOver()) {
                    finish();
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A client of MCP that listened is gone: {}", e.toString());
            finish();
        }
    }

    private boolean mayGoOn() {
        try {
            return gone || subscription.hasEnded() || shown.isGood();
        } catch (JobyardException e) {
            LOG.debug("Whether a client may go on cannot be known; it is asked again", e);
            return true;
        }
    }

    private byte @Nullable [] next() {
        String text = subscription.poll();
        if (text != null) {
            return HttpChannel.event(text);
        }
        return System.nanoTime() - wroteNanos > HEARTBEAT.toNanos() && !subscription.hasEnded() ? BEAT : null;
    }

    private void finish() {
        if (!gone) {
            gone = true;
            subscription.end();
            context.complete();
        }
    }

    private synchronized void forget() {
        gone = true;
        subscription.cancel();
    }

    @Override
    public void onError(Throwable fault) {
        forget();
        context.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        forget();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        forget();
    }

    @Override
    public void onError(AsyncEvent event) {
        forget();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it again
    }
}
