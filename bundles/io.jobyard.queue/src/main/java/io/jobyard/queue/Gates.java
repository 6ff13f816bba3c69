// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.queue.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the gates that bundles offer, by name. */
@Component(service = Gates.class)
public final class Gates {

    private volatile List<Gate> gates = List.of();
    /** Gates that apply only to this host. */
    private volatile List<Gate> ofHost = List.of();

    private volatile List<Gate> ofAll = List.of();

    @Reference(
            name = "gate",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public synchronized void add(Gate gate) {
        List<Gate> more = new ArrayList<>(gates);
        more.add(gate);
        more.sort(Comparator.comparing(Gate::name));
        offered(more);
    }

    public synchronized void remove(Gate gate) {
        List<Gate> fewer = new ArrayList<>(gates);
        fewer.remove(gate);
        offered(fewer);
    }

    private void offered(List<Gate> now) {
        gates = List.copyOf(now);
        ofHost = now.stream().filter(Gate::ofHost).toList();
        ofAll = now.stream().filter(gate -> !gate.ofHost()).toList();
    }

    /**
     * Returns the time at which all gates except those of hosts are open for a lane; {@link EpochNanos#NEVER} if it is
     * unknown.
     */
    long opensAt(LaneKey lane, long now) {
        return opensAt(ofAll, lane, now);
    }

    /** Returns the time at which the gates of this host are open for a lane. */
    long opensHereAt(LaneKey lane, long now) {
        return opensAt(ofHost, lane, now);
    }

    private static long opensAt(List<Gate> all, LaneKey lane, long now) {
        long opens = EpochNanos.ALWAYS;
        for (Gate gate : all) {
            if (!gate.open(lane)) {
                Instant until = gate.until(lane);
                opens = Math.max(opens, until == null ? EpochNanos.NEVER : Math.max(now + 1, EpochNanos.of(until)));
            }
        }
        return opens;
    }

    /** Returns the blockers of the shut gates, without gates of hosts; empty if and only if all of these are open. */
    List<Blocker> shutBy(LaneKey lane) {
        return shutBy(ofAll, lane);
    }

    /** Returns the blockers of this host's shut gates. */
    List<Blocker> shutHereBy(LaneKey lane) {
        return shutBy(ofHost, lane);
    }

    private static List<Blocker> shutBy(List<Gate> all, LaneKey lane) {
        return all.stream()
                .filter(gate -> !gate.open(lane))
                .map(gate -> new Blocker(gate.name(), gate.detail(lane), gate.until(lane)))
                .toList();
    }
}
