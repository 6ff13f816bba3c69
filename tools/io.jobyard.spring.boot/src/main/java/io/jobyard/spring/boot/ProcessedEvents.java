// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** IDs of the latest processed events, and of the events in progress. Safe for use by several threads. */
final class ProcessedEvents {

    static final int MOST = 10_000;

    /** State of an event when its delivery arrives. */
    enum Arrival {
        FIRST,
        IN_PROGRESS,
        PROCESSED
    }

    private final Set<String> processed = new LinkedHashSet<>();
    private final Set<String> inProgress = new HashSet<>();

    /** Begins an event unless it is in progress or processed. A begun event must be ended. */
    synchronized Arrival begin(String id) {
        if (processed.contains(id)) {
            return Arrival.PROCESSED;
        }
        return inProgress.add(id) ? Arrival.FIRST : Arrival.IN_PROGRESS;
    }

    /** Ends an event. A failed event can arrive again. */
    synchronized void end(String id, boolean succeeded) {
        inProgress.remove(id);
        if (succeeded) {
            processed.add(id);
            if (processed.size() > MOST) {
                processed.remove(processed.iterator().next());
            }
        }
    }
}
