// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that keeps a job from starting.
 *
 * @param gate what kind of thing: {@code dependencies}, {@code time}, {@code signal}, {@code children} or {@code callback} while it
 *     waits; {@code paused}, {@code queue}, {@code limit}, {@code circuit}, {@code role}, {@code handler}, {@code quarantine},
 *     {@code reserved}, {@code host} or {@code draining} while it waits or is queued; {@code workers} while it is queued
 * @param detail the same in words, with numbers
 * @param until when it ends by itself; null if that is not known
 */
public record Blocker(String gate, String detail, @Nullable Instant until) {

    /** The gate of a queue that somebody, or its configuration, has paused. */
    public static final String PAUSED = "paused";

    static @Nullable Instant latestEnd(List<Blocker> blockers) {
        return blockers.stream()
                .map(Blocker::until)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
