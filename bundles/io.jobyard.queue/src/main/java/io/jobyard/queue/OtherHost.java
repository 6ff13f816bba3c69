// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Another host of the database, with its offer prepared for fast queries. Immutable. */
final class OtherHost {

    /**
     * Handlers of a host for a lane.
     *
     * @param handler handler for all jobs except those of the canary
     * @param canary handler of the canary; null without a canary
     */
    record Serving(HostHandler handler, @Nullable HostHandler canary) {

        Set<String> limits() {
            if (canary == null) {
                return handler.limits();
            }
            Set<String> both = new HashSet<>(handler.limits());
            both.addAll(canary.limits());
            return both;
        }
    }

    private record OfferedHandler(Version version, HostHandler handler) {}

    final HostIncarnation life;
    /** Offered handlers by type, the highest version first. */
    private final Map<String, List<OfferedHandler>> byType = new HashMap<>();

    OtherHost(HostIncarnation life) {
        this.life = life;
        for (HostHandler handler : life.offer().handlers()) {
            byType.computeIfAbsent(handler.type(), type -> new ArrayList<>())
                    .add(new OfferedHandler(Version.parseVersion(handler.name().version()), handler));
        }
        byType.values()
                .forEach(all ->
                        all.sort(Comparator.comparing(OfferedHandler::version).reversed()));
    }

    /** Returns the host's handlers for the lane and for jobs of the canary; null if the host serves neither. */
    @Nullable
    Serving serving(LaneKey lane, @Nullable VersionRange canary) {
        List<OfferedHandler> offered = byType.get(lane.type());
        if (offered == null) {
            return null;
        }
        String version = lane.handlerVersion();
        VersionRange range = version == null ? null : VersionRange.valueOf(version);
        HostHandler usual = null;
        HostHandler tried = null;
        for (OfferedHandler each : offered) {
            if (range == null || range.includes(each.version())) {
                if (canary != null && canary.includes(each.version())) {
                    tried = tried == null ? each.handler() : tried;
                } else if (usual == null) {
                    usual = each.handler();
                }
            }
        }
        if (usual != null) {
            return new Serving(usual, tried);
        }
        return range == null || tried == null ? null : new Serving(tried, null);
    }

    boolean offers(String type, Version version) {
        return byType.getOrDefault(type, List.of()).stream()
                .anyMatch(offered -> offered.version().equals(version));
    }

    ServingHost starts(Serving serving) {
        HostHandler canary = serving.canary();
        return new ServingHost(
                life.incarnation(), life.host(), serving.handler().name(), canary == null ? null : canary.name());
    }

    /** Returns the number of jobs of each kind that the host runs at once; none while it drains. */
    Slots slots() {
        return life.offer().draining() ? Slots.NONE : life.offer().slots();
    }

    /** Returns the free part of the host's slots for a handler, from 0 to 1. */
    double share(Slots free, Serving serving) {
        SlotKind kind = serving.handler().slots();
        return (double) free.of(kind) / Math.max(1, slots().of(kind));
    }

    /** Returns the blocker for a job that this host serves while it has no room. */
    Blocker hasNoRoom(SlotKind kind) {
        return life.offer().draining()
                ? new Blocker("draining", life.host() + " serves the type but is draining", null)
                : new Blocker(
                        "host",
                        life.host() + " serves the type but has no free "
                                + (kind == SlotKind.THREAD ? "worker" : "slot of async.jobs"),
                        null);
    }
}
