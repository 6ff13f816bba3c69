// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.LaneKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The gates that other bundles offer, by name. Safe for use by several threads. */
@Component(service = Gates.class)
public final class Gates {

    private volatile List<Gate> gates = List.of();

    @Reference(
            name = "gate",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public synchronized void add(Gate gate) {
        List<Gate> more = new ArrayList<>(gates);
        more.add(gate);
        more.sort(Comparator.comparing(Gate::name));
        gates = List.copyOf(more);
    }

    public synchronized void remove(Gate gate) {
        List<Gate> fewer = new ArrayList<>(gates);
        fewer.remove(gate);
        gates = List.copyOf(fewer);
    }

    /** When all are open for a lane, {@link EpochNanos#NEVER} if that is not known. */
    long opensAt(LaneKey lane, long now) {
        long opens = EpochNanos.ALWAYS;
        for (Gate gate : gates) {
            if (!gate.open(lane)) {
                Instant until = gate.until(lane);
                opens = Math.max(opens, until == null ? EpochNanos.NEVER : Math.max(now + 1, EpochNanos.of(until)));
            }
        }
        return opens;
    }

    /** The same in words: nothing exactly when all are open. */
    List<Blocker> shutBy(LaneKey lane) {
        return gates.stream()
                .filter(gate -> !gate.open(lane))
                .map(gate -> new Blocker(gate.name(), gate.detail(lane), gate.until(lane)))
                .toList();
    }
}
