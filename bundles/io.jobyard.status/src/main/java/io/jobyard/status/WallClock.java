// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.spi.Examiner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the system clock with a monotonic clock since the host's start. */
@Component(immediate = true)
public final class WallClock implements Examiner {

    static final Duration MUCH = Duration.ofSeconds(10);

    private final Clock clock;
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    @Activate
    public WallClock(@Reference Clock clock) {
        this(clock, System::nanoTime);
    }

    WallClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        start = clock.instant();
        startNanos = nanos.getAsLong();
    }

    @Override
    public List<Finding> examine() {
        Duration off = Duration.between(start, clock.instant()).minusNanos(nanos.getAsLong() - startNanos);
        if (off.abs().compareTo(MUCH) < 0) {
            return List.of();
        }
        return List.of(new Finding(
                Finding.CLOCK,
                "the clock was set " + (off.isNegative() ? "back" : "forward") + " by "
                        + off.abs().toSeconds() + " s since the host started (" + start
                        + "); times, rates and expiries follow it",
                "adjust the clock in small steps with NTP; restart the host to clear this problem"));
    }
}
