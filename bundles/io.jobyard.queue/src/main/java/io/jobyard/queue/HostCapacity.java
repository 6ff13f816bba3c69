// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.LaneKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Determines which hosts have room for another job, and which hosts serve a lane. The workers report the room of this host. The room of
 * another host results from its offer and its runs. Guarded by the lock of {@link Lanes}.
 */
final class HostCapacity {

    private static final Blocker DRAINS =
            new Blocker("draining", "this host is draining and starts no jobs until the drain ends", null);

    private final Gates gates;
    private final JobsInFlight inFlight;
    private final Allowances allowances;
    private final Canaries canaries;
    private List<OtherHost> others = List.of();
    /** Published number of jobs that this host runs at once. */
    private int size;

    private boolean drains;
    private int left;

    HostCapacity(Gates gates, JobsInFlight inFlight, Allowances allowances, Canaries canaries) {
        this.gates = gates;
        this.inFlight = inFlight;
        this.allowances = allowances;
        this.canaries = canaries;
    }

    void follow(Hosts hosts) {
        UUID self = hosts.self();
        others = hosts.living().stream()
                .filter(host -> !host.incarnation().equals(self))
                .map(OtherHost::new)
                .toList();
        hosts.living().stream()
                .filter(host -> host.incarnation().equals(self))
                .map(HostIncarnation::offer)
                .forEach(offer -> {
                    size = offer.room();
                    drains = offer.draining();
                });
        allowances.slots(hosts.living().stream()
                .map(HostIncarnation::offer)
                .filter(offer -> !offer.draining())
                .mapToInt(HostOffer::room)
                .sum());
    }

    /** Sets the number of further jobs for this host in the current decisions. Returns the previous number. */
    int begin(int here) {
        int before = left;
        left = here;
        return before;
    }

    /** Returns whether this is the only host. */
    boolean isAlone() {
        return others.isEmpty();
    }

    /** Returns whether any host has room for another job. */
    boolean any() {
        return left > 0 || !others.isEmpty() && others.stream().anyMatch(this::hasRoom);
    }

    private boolean hasRoom(OtherHost host) {
        return free(host) > 0;
    }

    private int free(OtherHost host) {
        return host.room() - inFlight.heldBy(host.life.incarnation());
    }

    private OtherHost.@Nullable Serving serving(OtherHost host, LaneKey lane) {
        return host.serving(lane, canaries.versions(lane.type()));
    }

    /** Returns whether another host offers this version of a type's handler. */
    boolean serveElsewhere(String type, Version version) {
        return others.stream().anyMatch(host -> host.offers(type, version));
    }

    /** Returns the time at which a host that serves the lane has room, as far as is known. */
    long opensAt(LaneKey lane, long now) {
        long here = left > 0 && !drains ? gates.opensHereAt(lane, now) : EpochNanos.NEVER;
        return here > now && others.stream().anyMatch(host -> serving(host, lane) != null && hasRoom(host))
                ? EpochNanos.ALWAYS
                : here;
    }

    /**
     * Assigns a job of an open lane to a host, where it then occupies a worker: of the hosts that serve the lane, the host with the most
     * room relative to its size.
     *
     * @return another host; null for this one
     */
    @Nullable
    ServingHost choose(LaneKey lane, long now) {
        ServingHost emptiest = null;
        if (!others.isEmpty()) {
            boolean here = left > 0 && !drains && gates.opensHereAt(lane, now) <= now;
            double most = here ? (double) left / Math.max(left, size) : 0;
            for (OtherHost host : others) {
                OtherHost.Serving serving = serving(host, lane);
                double share = serving == null ? 0 : (double) free(host) / Math.max(1, host.room());
                if (serving != null && share > most) {
                    most = share;
                    emptiest = host.starts(serving);
                }
            }
        }
        if (emptiest == null) {
            left--;
        }
        return emptiest;
    }

    /** Returns what prevents the lane from starting on any host; empty if a host that serves the lane has room. */
    List<Blocker> shutBy(LaneKey lane) {
        List<Blocker> shut = gates.shutHereBy(lane);
        List<Blocker> here = new ArrayList<>(shut);
        if (drains) {
            here.add(DRAINS);
        }
        if (here.isEmpty() || others.isEmpty()) {
            return here;
        }
        List<OtherHost> serving =
                others.stream().filter(host -> serving(host, lane) != null).toList();
        if (serving.isEmpty()) {
            return here.stream()
                    .map(why -> new Blocker(why.gate(), why.detail() + "; no other host serves the type", why.until()))
                    .toList();
        }
        return serving.stream().anyMatch(this::hasRoom)
                ? List.of()
                : Stream.concat(
                                shut.isEmpty() ? here.stream() : Stream.of(),
                                serving.stream().map(OtherHost::hasNoRoom))
                        .toList();
    }

    /**
     * Returns the limits that the handlers of a lane name, on all hosts.
     *
     * @param here limits of the handlers on this host
     */
    Set<String> limits(LaneKey lane, Set<String> here) {
        Set<String> all = here;
        for (OtherHost host : others) {
            OtherHost.Serving serving = serving(host, lane);
            if (serving != null && !all.containsAll(serving.limits())) {
                all = new HashSet<>(all);
                all.addAll(serving.limits());
            }
        }
        return all;
    }
}
