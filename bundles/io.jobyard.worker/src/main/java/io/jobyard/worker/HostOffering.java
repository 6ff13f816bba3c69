// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the offer of this host to other hosts. Publishes a drain at once, and other changes if they are significant, at most a few
 * times per second.
 */
final class HostOffering {

    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final HostStore store;
    private final Handlers handlers;
    private final WorkerPool pool;
    private final String version;
    private final LongSupplier ticker;
    private boolean hears;
    private boolean drains;
    private @Nullable HostOffer told;
    private long toldAt;

    HostOffering(
            HostStore store, Handlers handlers, WorkerPool pool, String version, LongSupplier ticker, boolean drains) {
        this.store = store;
        this.handlers = handlers;
        this.pool = pool;
        this.version = version;
        this.ticker = ticker;
        this.drains = drains;
    }

    /** Records that this host now learns of all runs that other hosts start for it. The host would miss earlier runs. */
    synchronized void begin() {
        hears = true;
        look();
    }

    /** Publishes the offer if it has changed. */
    synchronized void look() {
        HostOffer before = told;
        if (before == null || ticker.getAsLong() - toldAt >= LEAST_NANOS && isOther(before, now())) {
            tell();
        }
    }

    /** Starts or ends the drain of this host. */
    synchronized void drain(boolean begins) {
        drains = begins;
        tell();
    }

    private void tell() {
        if (!hears) {
            return;
        }
        HostOffer now = now();
        told = now;
        toldAt = ticker.getAsLong();
        store.offer(now);
    }

    private HostOffer now() {
        return new HostOffer(pool.size(), handlers.offered(), drains, version);
    }

    /**
     * Returns whether the offers differ significantly. Small changes of room do not count, because a job that cannot begin soon is
     * requeued.
     */
    private static boolean isOther(HostOffer before, HostOffer now) {
        return isOther(before.slots().threads(), now.slots().threads())
                || isOther(before.slots().async(), now.slots().async())
                || !now.handlers().equals(before.handlers());
    }

    private static boolean isOther(int before, int now) {
        return Math.abs(now - before) * 4 > before;
    }
}
