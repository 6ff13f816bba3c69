// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.host;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The host's clock: UTC in whole microseconds, which every store can hold. */
@Component(service = Clock.class)
public final class HostClock extends Clock {

    private final Clock system;

    @Activate
    public HostClock() {
        this(Clock.systemUTC());
    }

    private HostClock(Clock system) {
        this.system = system;
    }

    @Override
    public Instant instant() {
        return system.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : new HostClock(system.withZone(zone));
    }
}
