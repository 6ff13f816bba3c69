// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.HandlerStatus;
import io.jobyard.spi.handlers.HandlerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists all handlers, and the types without a handler. */
final class HandlerOverview {

    static final String MISSING = "missing";
    static final String EXCLUDED = "excluded";

    private HandlerOverview() {}

    /** Returns the handlers. A type is not missing if another host has a handler for it. */
    static List<HandlerStatus> of(List<HandlerInfo> handlers, Map<String, Long> queued, Set<String> elsewhere) {
        List<HandlerStatus> all = new ArrayList<>();
        Set<String> served = new HashSet<>();
        for (HandlerInfo handler : handlers) {
            served.add(handler.type());
            all.add(new HandlerStatus(
                    handler.type(),
                    handler.version(),
                    handler.bundle(),
                    handler.state(),
                    handler.running(),
                    queued.getOrDefault(handler.type(), 0L),
                    handler.description(),
                    true));
        }
        queued.forEach((type, count) -> {
            if (!served.contains(type) && !elsewhere.contains(type)) {
                all.add(new HandlerStatus(type, null, null, MISSING, 0, count));
            }
        });
        all.sort(Comparator.comparing(HandlerStatus::type));
        return all;
    }
}
