// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.hosting.HostHandler;
import io.jobyard.api.spi.hosting.HostLife;
import io.jobyard.api.spi.hosting.ServingHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Another host of the database, with its offer sorted for questions. Immutable. */
final class OtherHost {

    private record Offered(Version version, HostHandler handler) {}

    final HostLife life;
    /** The highest version first. */
    private final Map<String, List<Offered>> byType = new HashMap<>();

    OtherHost(HostLife life) {
        this.life = life;
        for (HostHandler handler : life.offer().handlers()) {
            byType.computeIfAbsent(handler.type(), type -> new ArrayList<>())
                    .add(new Offered(Version.parseVersion(handler.name().version()), handler));
        }
        byType.values()
                .forEach(all -> all.sort(Comparator.comparing(Offered::version).reversed()));
    }

    /** The handler that it would give a job of the lane to; null if it serves none. */
    @Nullable
    HostHandler serving(LaneKey lane) {
        List<Offered> offered = byType.get(lane.type());
        if (offered == null) {
            return null;
        }
        String version = lane.handlerVersion();
        VersionRange range = version == null ? null : VersionRange.valueOf(version);
        for (Offered each : offered) {
            if (range == null || range.includes(each.version())) {
                return each.handler();
            }
        }
        return null;
    }

    ServingHost starts(HostHandler handler) {
        return new ServingHost(life.incarnation(), life.host(), handler.name());
    }

    /** How many jobs it takes at once; none while it drains. */
    int room() {
        return life.offer().draining() ? 0 : life.offer().room();
    }

    /** What is to be told of a job that it serves, and has no room for. */
    Blocker hasNoRoom() {
        return life.offer().draining()
                ? new Blocker("draining", life.host() + " serves it and drains", null)
                : new Blocker("host", life.host() + " serves it and has no room", null);
    }
}
