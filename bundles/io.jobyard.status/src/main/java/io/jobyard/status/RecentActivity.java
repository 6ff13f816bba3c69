// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity.Lately;
import io.jobyard.spi.feed.Committed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recent activity of all jobs, and by queue and type. */
final class RecentActivity {

    /** An entry takes up to 150 kB, and submitters may name any queue. */
    private static final int MOST_KINDS = 100;

    private final ActivityWindow all = new ActivityWindow();
    private final Map<QueueAndType, ActivityWindow> byKind = new ConcurrentHashMap<>();

    void committed(Committed change, Instant now) {
        all.committed(change, now);
        ActivityWindow kind = recent(QueueAndType.of(change.after()), now);
        if (kind != null) {
            kind.committed(change, now);
        }
    }

    private @Nullable ActivityWindow recent(QueueAndType kind, Instant now) {
        ActivityWindow known = byKind.get(kind);
        if (known == null && byKind.size() >= MOST_KINDS) {
            byKind.values().removeIf(recent -> recent.isFinished(now));
        }
        return known != null || byKind.size() >= MOST_KINDS
                ? known
                : byKind.computeIfAbsent(kind, added -> new ActivityWindow());
    }

    Lately all(Instant now) {
        ActivitySum sum = new ActivitySum();
        all.addTo(sum, now);
        return sum.lately();
    }

    /** Adds up the activity with the same name. */
    Map<String, Lately> by(Function<QueueAndType, String> name, Instant now) {
        Map<String, ActivitySum> sums = new HashMap<>();
        byKind.forEach((kind, recent) -> {
            if (!recent.isFinished(now)) {
                recent.addTo(sums.computeIfAbsent(name.apply(kind), added -> new ActivitySum()), now);
            }
        });
        Map<String, Lately> activities = new TreeMap<>();
        sums.forEach((named, sum) -> activities.put(named, sum.lately()));
        return activities;
    }
}
