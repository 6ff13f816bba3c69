// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.LaneKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All gates; a lane is open when every one is. */
final class Gates {

    private final List<Gate> gates = new CopyOnWriteArrayList<>();

    void add(Gate gate) {
        gates.add(gate);
    }

    void remove(Gate gate) {
        gates.remove(gate);
    }

    boolean open(LaneKey lane) {
        for (Gate gate : gates) {
            if (!gate.open(lane)) {
                return false;
            }
        }
        return true;
    }

    List<Blocker> shut(LaneKey lane) {
        return gates.stream()
                .filter(gate -> !gate.open(lane))
                .map(gate -> new Blocker(gate.name(), gate.detail(lane), null))
                .toList();
    }
}
