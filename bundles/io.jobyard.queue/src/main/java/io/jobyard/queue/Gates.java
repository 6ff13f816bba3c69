// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The gates that other bundles offer, by name. Safe for use by several threads. */
final class Gates implements GateRule {

    private volatile List<Gate> gates = List.of();

    synchronized void add(Gate gate) {
        List<Gate> more = new ArrayList<>(gates);
        more.add(gate);
        more.sort(Comparator.comparing(Gate::name));
        gates = List.copyOf(more);
    }

    synchronized void remove(Gate gate) {
        List<Gate> fewer = new ArrayList<>(gates);
        fewer.remove(gate);
        gates = List.copyOf(fewer);
    }

    @Override
    public long opensAt(LaneGroup group, Demand demand, long now) {
        long opens = EpochNanos.ALWAYS;
        for (Gate gate : gates) {
            if (!gate.open(group.key)) {
                Instant until = gate.until(group.key);
                opens = Math.max(opens, until == null ? EpochNanos.NEVER : Math.max(now + 1, EpochNanos.of(until)));
            }
        }
        return opens;
    }

    @Override
    public List<Blocker> shutBy(LaneGroup group, Demand demand, long now) {
        return gates.stream()
                .filter(gate -> !gate.open(group.key))
                .map(gate -> new Blocker(gate.name(), gate.detail(group.key), gate.until(group.key)))
                .toList();
    }
}
