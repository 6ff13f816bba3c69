// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.handlers.TypeRules;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Defaults for jobs of a type, and the bound of their timeout. Values of the type's configuration override those for all jobs. */
record JobDefaults(
        Duration timeout,
        @Nullable Duration maxTimeout,
        int maxRetries,
        int priority,
        @Nullable String queue,
        Map<String, Integer> slots) {

    static JobDefaults of(
            TypeRules type, Optional<Duration> ofHandler, SchedulerSettings all, int levels, int defaultLevel) {
        Integer priority = type.submitted().priority();
        Duration timeout = Optional.ofNullable(type.submitted().timeout())
                .or(() -> ofHandler)
                .orElseGet(all::defaultTimeout);
        Duration longest = type.submitted().maxTimeout();
        return new JobDefaults(
                longest == null || timeout.compareTo(longest) <= 0 ? timeout : longest,
                longest,
                Objects.requireNonNullElse(type.submitted().maxRetries(), all.defaultMaxRetries()),
                priority == null ? defaultLevel : Math.min(priority, levels),
                type.submitted().queue(),
                type.submitted().slots());
    }
}
