// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets that open one session each, within a minute. Kept only in memory, at most the latest 1,000. */
final class OneTimeSecrets {

    static final Duration GOOD = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private record Holder(Caller caller, Instant madeAt) {}

    private final Clock clock;
    private final RandomSecret random;
    private final Map<String, Holder> holders = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Holder> eldest) {
            return size() > MOST;
        }
    };

    OneTimeSecrets(Clock clock, RandomSecret random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized String make(Caller caller) {
        String secret = random.next();
        holders.values().removeIf(holder -> isFinished(holder));
        holders.put(RandomSecret.hash(secret), new Holder(caller, clock.instant()));
        return secret;
    }

    synchronized Optional<Caller> take(String secret) {
        return Optional.ofNullable(holders.remove(RandomSecret.hash(secret)))
                .filter(holder -> !isFinished(holder))
                .map(Holder::caller);
    }

    private boolean isFinished(Holder holder) {
        Duration age = Duration.between(holder.madeAt(), clock.instant());
        return age.isNegative() || age.compareTo(GOOD) >= 0;
    }
}
