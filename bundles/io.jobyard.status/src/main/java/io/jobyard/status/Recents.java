// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity.Lately;
import io.jobyard.api.spi.Committed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What jobs did lately: all, and those of each kind. Safe for use by several threads. */
final class Recents {

    /** A kind takes up to 150 kB, and anybody may ask for queues that nobody has heard of. */
    private static final int MOST_KINDS = 100;

    private final Recent all = new Recent();
    private final Map<Kind, Recent> byKind = new ConcurrentHashMap<>();

    void committed(Committed change, Instant now) {
        all.committed(change, now);
        Recent kind = recent(Kind.of(change.after().job()), now);
        if (kind != null) {
            kind.committed(change, now);
        }
    }

    private @Nullable Recent recent(Kind kind, Instant now) {
        Recent known = byKind.get(kind);
        if (known == null && byKind.size() >= MOST_KINDS) {
            byKind.values().removeIf(recent -> recent.isOver(now));
        }
        return known != null || byKind.size() >= MOST_KINDS
                ? known
                : byKind.computeIfAbsent(kind, added -> new Recent());
    }

    Lately all(Instant now) {
        Sum sum = new Sum();
        all.addTo(sum, now);
        return sum.lately();
    }

    /** Kinds of the same name together. */
    Map<String, Lately> by(Function<Kind, String> name, Instant now) {
        Map<String, Sum> sums = new HashMap<>();
        byKind.forEach((kind, recent) -> {
            if (!recent.isOver(now)) {
                recent.addTo(sums.computeIfAbsent(name.apply(kind), added -> new Sum()), now);
            }
        });
        Map<String, Lately> activities = new TreeMap<>();
        sums.forEach((named, sum) -> activities.put(named, sum.lately()));
        return activities;
    }
}
