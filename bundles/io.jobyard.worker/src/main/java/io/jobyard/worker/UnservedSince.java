// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times since which types have had no handler. For a type that never had one, the start of the host counts. */
final class UnservedSince {

    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Instant begin;

    UnservedSince(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void begin(String type) {
        since.put(type, clock.instant());
    }

    void end(String type) {
        since.remove(type);
    }

    Instant since(String type) {
        return since.getOrDefault(type, begin);
    }
}
