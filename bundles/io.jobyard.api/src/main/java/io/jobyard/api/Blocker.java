// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Condition that keeps a job from starting.
 *
 * @param gate kind of condition: {@code dependencies}, {@code time}, {@code signal}, {@code children} or {@code callback} for a waiting
 * job; {@code paused}, {@code queue}, {@code limit}, {@code circuit}, {@code role}, {@code handler}, {@code quarantine}, {@code
 * reserved}, {@code host} or {@code draining} for a waiting or queued job; {@code workers} for a queued job
 * @param detail description in words, with numbers
 * @param until expected end; null if unknown
 */
public record Blocker(String gate, String detail, @Nullable Instant until) {

    /** Gate of a queue that a user, or its configuration, has paused. */
    public static final String PAUSED = "paused";

    static @Nullable Instant latestEnd(List<Blocker> blockers) {
        return blockers.stream()
                .map(Blocker::until)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
