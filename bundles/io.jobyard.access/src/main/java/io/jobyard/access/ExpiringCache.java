// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Cache of answers of the last two seconds, by key. Its size is bounded. */
final class ExpiringCache<V> {

    static final Duration BRIEF = Duration.ofSeconds(2);

    private static final int MOST = 10_000;

    private record CachedAnswer<V>(Optional<V> value, Instant askedAt) {}

    private final Clock clock;
    private volatile Map<String, CachedAnswer<V>> answers = new ConcurrentHashMap<>();

    ExpiringCache(Clock clock) {
        this.clock = clock;
    }

    Optional<V> get(String key, Supplier<Optional<V>> question) {
        Map<String, CachedAnswer<V>> begun = answers; // an answer requested before a clear must not be cached after it
        Instant now = clock.instant();
        CachedAnswer<V> known = begun.get(key);
        if (known != null && isFresh(known, now)) {
            return known.value();
        }
        if (begun.size() >= MOST) {
            begun.values().removeIf(answer -> !isFresh(answer, now));
            if (begun.size() >= MOST) {
                begun.clear();
            }
        }
        CachedAnswer<V> answer = new CachedAnswer<>(question.get(), now);
        begun.put(key, answer);
        return answer.value();
    }

    private static boolean isFresh(CachedAnswer<?> answer, Instant now) {
        Duration age = Duration.between(answer.askedAt(), now);
        return !age.isNegative() && age.compareTo(BRIEF) < 0; // negative if the clock was set back
    }

    /** Replaces an answer if it is the expected one. Returns whether it was; only one of several threads gets true. */
    boolean replace(String key, V before, V after) {
        Map<String, CachedAnswer<V>> all = answers;
        CachedAnswer<V> known = all.get(key);
        return known != null
                && known.value().equals(Optional.of(before))
                && all.replace(key, known, new CachedAnswer<>(Optional.of(after), known.askedAt()));
    }

    void clear() {
        answers = new ConcurrentHashMap<>();
    }
}
