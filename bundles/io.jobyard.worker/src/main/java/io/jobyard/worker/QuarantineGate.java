// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.queue.Gate;
import java.util.Optional;

/** Gate that blocks lanes whose jobs would go to a quarantined bundle. */
final class QuarantineGate implements Gate {

    private final Handlers handlers;
    private final Quarantine quarantine;

    QuarantineGate(Handlers handlers, Quarantine quarantine) {
        this.handlers = handlers;
        this.quarantine = quarantine;
    }

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public boolean ofHost() {
        return true;
    }

    @Override
    public boolean open(LaneKey lane) {
        return why(lane).isEmpty();
    }

    @Override
    public String detail(LaneKey lane) {
        return why(lane).orElse("the bundle is released from quarantine");
    }

    private Optional<String> why(LaneKey lane) {
        return handlers.find(lane.type(), lane.handlerVersion())
                .flatMap(handler -> quarantine
                        .why(handler.bundle)
                        .map(why -> "bundle " + handler.bundle + " is quarantined: " + why));
    }
}
