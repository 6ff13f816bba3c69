// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.QuotaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Throttle for guesses of secrets. After {@link #FREE_OF_USER} failures for a user from one address, and after {@link
 * #FREE_OF_PLACE} failures from an address for any user, each further failure doubles the delay, up to {@link
 * #LONGEST}. Other addresses never wait, so failures in a user's name do not lock the user out. An attempt counts from
 * its start, so that concurrent attempts count too. The number of entries is bounded; the oldest are dropped.
 */
final class FailedAttempts {

    static final int FREE_OF_USER = 5;
    static final int FREE_OF_PLACE = 20;
    static final Duration LONGEST = Duration.ofMinutes(5);
    /** Time without a failure after which all failures are forgotten. */
    static final Duration FORGOTTEN = Duration.ofMinutes(15);

    static final int REMEMBERED = 10_000;

    /** A user and an address; a null user stands for all users. */
    private record AttemptKey(@Nullable String user, String position) {

        int free() {
            return user == null ? FREE_OF_PLACE : FREE_OF_USER;
        }
    }

    private record AttemptTally(int failures, Instant last) {}

    private final Clock clock;
    private final Map<AttemptKey, AttemptTally> tallies = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptKey, AttemptTally> eldest) {
            return size() > REMEMBERED;
        }
    };

    FailedAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Counts an attempt as failed until it is forgiven. Refuses an attempt that comes too soon, and does not count it. */
    synchronized void begin(String user, String position) {
        begin(List.of(new AttemptKey(user, position), new AttemptKey(null, position)), position);
    }

    /** Begins an attempt from an address without a user. */
    synchronized void begin(String position) {
        begin(List.of(new AttemptKey(null, position)), position);
    }

    private void begin(List<AttemptKey> keys, String position) {
        Instant now = clock.instant();
        Duration wait = keys.stream()
                .map(key -> delay(key, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (!wait.isZero()) {
            throw new QuotaException(
                    "too many failed attempts from " + position + "; try again in "
                            + Math.max(1, wait.plusMillis(999).toSeconds()) + " s",
                    now.plus(wait));
        }
        keys.forEach(key -> tallies.put(key, new AttemptTally(failures(key, now) + 1, now)));
    }

    /** Marks an attempt as not failed: forgets the user's failures from that address. */
    synchronized void forgive(String user, String position) {
        tallies.remove(new AttemptKey(user, position));
        tallies.computeIfPresent(
                new AttemptKey(null, position),
                (key, tally) -> tally.failures() == 1 ? null : new AttemptTally(tally.failures() - 1, tally.last()));
    }

    private int failures(AttemptKey key, Instant now) {
        AttemptTally tally = tallies.get(key);
        return tally == null || now.isAfter(tally.last().plus(FORGOTTEN)) ? 0 : tally.failures();
    }

    private Duration delay(AttemptKey key, Instant now) {
        int beyond = failures(key, now) - key.free();
        if (beyond < 0) {
            return Duration.ZERO;
        }
        Duration whole = Duration.ofSeconds(Math.min(LONGEST.toSeconds(), 1L << Math.min(beyond, 30)));
        Duration since =
                Duration.between(Objects.requireNonNull(tallies.get(key)).last(), now);
        Duration rest = whole.minus(since.isNegative() ? Duration.ZERO : since); // the clock may have been set back
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
