// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.WantedHandler;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Keeps retried jobs on the handler version of their first run, while any host serves it. Guarded by the lock of {@link Lanes}. */
final class BegunVersions {

    private final HandlerCatalog handlers;
    private final HostCapacity rooms;
    private final Canaries canaries;

    BegunVersions(HandlerCatalog handlers, HostCapacity rooms, Canaries canaries) {
        this.handlers = handlers;
        this.rooms = rooms;
        this.canaries = canaries;
    }

    /**
     * Returns the lane with the version range that currently determines the handler of its jobs. Gates and hosts are asked about this lane.
     */
    LaneKey resolve(LaneKey lane) {
        WantedHandler wanted = lane.handler();
        String version = wanted.keptVersion();
        if (version == null) {
            return wanted.hasBegun() ? lane.with(WantedHandler.in(wanted.range())) : lane;
        }
        boolean stays = serves(lane, version) || isHeld(lane);
        return lane.with(WantedHandler.in(stays ? exactly(version) : wanted.range()));
    }

    private static String exactly(String version) {
        return "[" + version + "," + version + "]";
    }

    private boolean serves(LaneKey lane, String version) {
        Version parsed = Version.parseVersion(version);
        return !hasRolledBack(lane, parsed)
                && (handlers.servesVersion(lane.type(), version) || rooms.serveElsewhere(lane.type(), parsed));
    }

    /** Returns whether the jobs began on a canary that gets no more jobs. */
    private boolean hasRolledBack(LaneKey lane, Version version) {
        VersionRange canary = canaries.versions(lane.type());
        return lane.handler().canary()
                && canary != null
                && canary.includes(version)
                && canaries.isRolledBack(lane.type());
    }

    /** Returns whether the jobs wait for a missing version; never true for jobs of a canary. */
    private boolean isHeld(LaneKey lane) {
        return !lane.handler().canary()
                && handlers.typeRules()
                        .getOrDefault(lane.type(), TypeRules.NONE)
                        .holdsInFlight();
    }

    /** Returns the blockers caused by the version that the lane's jobs began with; empty while a host serves it. */
    List<Blocker> heldBy(LaneKey lane) {
        String version = lane.handler().keptVersion();
        return Stream.ofNullable(version)
                .filter(gone -> !serves(lane, gone) && isHeld(lane))
                .map(gone -> new Blocker("handler", detail(lane.type(), gone), null))
                .toList();
    }

    private static String detail(String type, String version) {
        return "it started with version " + type + " " + version
                + ", which no host serves now, and inflight of io.jobyard.types-" + type
                + " is wait: deploy that version again, or set inflight = move";
    }
}
