// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Gate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects the gates that other bundles offer. */
@Component(service = GateRegistry.class)
public final class GateRegistry {

    private final Gates gates = new Gates();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Gate gate) {
        gates.add(gate);
    }

    void unbind(Gate gate) {
        gates.remove(gate);
    }

    Gates gates() {
        return gates;
    }
}
