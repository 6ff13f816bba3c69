// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import java.util.List;

/** What the doctor says about types that jobs wait for and nobody serves. */
final class MissingHandlers {

    private MissingHandlers() {}

    static List<Finding> findings(List<HandlerStatus> handlers) {
        return handlers.stream()
                .filter(handler -> handler.state().equals(HandlerOverview.MISSING))
                .map(handler -> new Finding(
                        "handler",
                        (handler.queued() == 1 ? "1 job waits" : handler.queued() + " jobs wait")
                                + " for a handler of type " + handler.type() + ", and none is there",
                        "copy its bundle into deploy/, or cancel the jobs"))
                .toList();
    }
}
