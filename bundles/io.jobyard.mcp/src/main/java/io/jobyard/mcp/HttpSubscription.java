// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.identity.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Event stream of a client that listens over HTTP. It ends when the client's token or session is revoked. */
final class HttpSubscription implements HttpWriter.TextSource {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSubscription.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Subscription subscription;
    private final Credential shown;
    private final Runnable ended;
    private long wroteNanos = System.nanoTime();

    HttpSubscription(Subscription subscription, Credential shown, Runnable ended) {
        this.subscription = subscription;
        this.shown = shown;
        this.ended = ended;
    }

    @Override
    public byte @Nullable [] next() {
        if (!mayGoOn()) {
            subscription.cancel();
        }
        String text = subscription.poll();
        boolean isSilent = System.nanoTime() - wroteNanos > HEARTBEAT.toNanos() && !subscription.hasEnded();
        if (text == null && !isSilent) {
            return null;
        }
        wroteNanos = System.nanoTime();
        return text == null ? BEAT : HttpChannel.event(text);
    }

    private boolean mayGoOn() {
        try {
            return subscription.hasEnded() || shown.isGood();
        } catch (JobyardException e) {
            LOG.debug("Cannot check the permissions of a client; retrying", e);
            return true;
        }
    }

    @Override
    public boolean isFinished() {
        return subscription.isFinished();
    }

    @Override
    public void end() {
        subscription.cancel();
        ended.run();
    }
}
