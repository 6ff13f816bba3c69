// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.LimitLevel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Amounts that are taken for jobs which have not begun, as the store remembers them: beside the level of a unit, under
 * its name with a mark, the amount in place of the pace. Whoever was on the way when the host ended may have begun in its
 * last moment, so the amount counts as drawn at the next start.
 */
final class UnbegunAmounts {

    private static final String MARK = "+";

    private UnbegunAmounts() {}

    static LimitLevel row(String name, Bucket bucket) {
        return new LimitLevel(MARK + name, bucket.unit, Instant.EPOCH, bucket.unbegun());
    }

    /** The levels with these amounts drawn now. */
    static List<LimitLevel> drawn(List<LimitLevel> levels, Instant now) {
        Map<List<String>, Double> amounts = new HashMap<>();
        levels.stream()
                .filter(level -> level.name().startsWith(MARK))
                .forEach(level -> amounts.put(List.of(level.name(), level.unit()), level.perSecond()));
        return levels.stream()
                .filter(level -> !level.name().startsWith(MARK))
                .map(level -> drawn(level, amounts.getOrDefault(List.of(MARK + level.name(), level.unit()), 0.0), now))
                .toList();
    }

    private static LimitLevel drawn(LimitLevel level, double amount, Instant now) {
        if (amount <= 0) {
            return level;
        }
        Instant from = level.fullAt().isAfter(now) ? level.fullAt() : now;
        long nanos = (long) Math.min(Bucket.END, Math.ceil(amount / level.perSecond() * 1e9));
        Instant fullAt = EpochNanos.instant(Math.min(Bucket.END, EpochNanos.of(from) + nanos));
        return new LimitLevel(level.name(), level.unit(), fullAt, level.perSecond());
    }
}
