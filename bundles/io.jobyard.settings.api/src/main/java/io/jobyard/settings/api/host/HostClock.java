// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.host;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The host's clock: UTC in whole microseconds, which every store can hold. It shows the machine's time, or, after it was set to another
 * clock, that clock's instant plus the time of a ticker since.
 */
@Component(service = Clock.class)
public final class HostClock extends Clock {

    private record Agreed(Instant at, long nanos) {}

    private final Clock system;
    private final LongSupplier ticker;
    private volatile @Nullable Agreed agreed;

    @Activate
    public HostClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    HostClock(Clock system, LongSupplier ticker) {
        this.system = system;
        this.ticker = ticker;
    }

    /** Instant of another clock, and the tick at this instant, because this thread may have been suspended since. */
    void goBy(Instant now, long nanos) {
        agreed = new Agreed(now, nanos);
    }

    @Override
    public Instant instant() {
        Agreed on = agreed;
        Instant now = on == null ? system.instant() : on.at().plusNanos(ticker.getAsLong() - on.nanos());
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    /** Returns text for display. Later changes do not affect it. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return this;
        }
        HostClock other = new HostClock(system.withZone(zone), ticker);
        other.agreed = agreed;
        return other;
    }
}
