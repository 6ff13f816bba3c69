// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
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

    /**
     * Host of a start.
     *
     * @param elsewhere another host; null for this host
     * @param slots kind of slot that the job occupies there
     */
    record HostSlot(@Nullable ServingHost elsewhere, SlotKind slots) {}

    private final HandlerCatalog handlers;
    private final Gates gates;
    private final JobsInFlight inFlight;
    private final Allowances allowances;
    private final Canaries canaries;
    private List<OtherHost> others = List.of();
    /** Published number of jobs that this host runs at once. */
    private Slots size = Slots.NONE;

    private boolean drains;
    private Slots left = Slots.NONE;

    HostCapacity(
            HandlerCatalog handlers, Gates gates, JobsInFlight inFlight, Allowances allowances, Canaries canaries) {
        this.handlers = handlers;
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
                    size = offer.slots();
                    drains = offer.draining();
                });
        allowances.threads(hosts.living().stream()
                .map(HostIncarnation::offer)
                .filter(offer -> !offer.draining())
                .mapToInt(offer -> offer.slots().threads())
                .sum());
    }

    /** Sets the number of further jobs for this host in the current decisions. Returns the previous number. */
    Slots begin(Slots here) {
        Slots before = left;
        left = here;
        return before;
    }

    /** Returns whether this is the only host. */
    boolean isAlone() {
        return others.isEmpty();
    }

    /** Returns whether any host has room for another job. */
    boolean any() {
        return left.total() > 0
                || !others.isEmpty()
                        && others.stream().anyMatch(host -> free(host).total() > 0);
    }

    private Slots free(OtherHost host) {
        return host.slots().minus(inFlight.heldBy(host.life.incarnation()));
    }

    private boolean hasRoom(OtherHost host, LaneKey lane) {
        OtherHost.Serving serving = serving(host, lane);
        return serving != null && free(host).of(serving.handler().slots()) > 0;
    }

    private SlotKind here(LaneKey lane) {
        return handlers.slots(lane.type(), lane.handlerVersion());
    }

    /** Returns the kind of slot that a running job of the lane occupies. */
    SlotKind slots(LaneKey lane, @Nullable UUID holder) {
        for (OtherHost host : others) {
            OtherHost.Serving serving = host.life.incarnation().equals(holder) ? serving(host, lane) : null;
            if (serving != null) {
                return serving.handler().slots();
            }
        }
        return here(lane);
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
        long here = left.of(here(lane)) > 0 && !drains ? gates.opensHereAt(lane, now) : EpochNanos.NEVER;
        return here > now && others.stream().anyMatch(host -> hasRoom(host, lane)) ? EpochNanos.ALWAYS : here;
    }

    /**
     * Assigns a job of an open lane to a host, where it then occupies a slot: of the hosts that serve the lane, the host with the most room
     * relative to its size.
     */
    HostSlot choose(LaneKey lane, long now) {
        SlotKind kind = here(lane);
        HostSlot emptiest = null;
        if (!others.isEmpty()) {
            boolean here = left.of(kind) > 0 && !drains && gates.opensHereAt(lane, now) <= now;
            double most = here ? (double) left.of(kind) / Math.max(left.of(kind), size.of(kind)) : 0;
            for (OtherHost host : others) {
                OtherHost.Serving serving = serving(host, lane);
                double share = serving == null ? 0 : host.share(free(host), serving);
                if (serving != null && share > most) {
                    most = share;
                    emptiest =
                            new HostSlot(host.starts(serving), serving.handler().slots());
                }
            }
        }
        if (emptiest == null) {
            left = left.minus(Slots.one(kind));
        }
        return emptiest == null ? new HostSlot(null, kind) : emptiest;
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
        return serving.stream().anyMatch(host -> hasRoom(host, lane))
                ? List.of()
                : Stream.concat(
                                shut.isEmpty() ? here.stream() : Stream.of(),
                                serving.stream().map(host -> host.hasNoRoom(slots(lane, host.life.incarnation()))))
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
