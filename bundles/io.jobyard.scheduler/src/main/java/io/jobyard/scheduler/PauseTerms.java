// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Terms of a pause.
 *
 * @param reason reason; null if the user gave none
 * @param until time at which the pause ends; null if only a resume ends it
 */
record PauseTerms(@Nullable String reason, @Nullable Instant until) {

    private static final int MAX_REASON = 1_000;

    /** Returns the checked terms. */
    static PauseTerms of(@Nullable String reason, @Nullable Instant until, Instant now) {
        Instant end = TermsChecks.micros("until", until);
        if (end != null && !end.isAfter(now)) {
            throw new ValidationException("until", "until " + end + " has passed: use a time after " + now);
        }
        if (reason != null && (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ValidationException(
                    "reason", "invalid reason: use at most " + MAX_REASON + " printable characters");
        }
        return new PauseTerms(reason == null || reason.isBlank() ? null : reason, end);
    }

    /** Returns the text for the history. */
    String words() {
        return Stream.of(until == null ? null : "until " + until, reason)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
    }

    /** Returns the time at which a paused job is due; null for never. */
    @Nullable
    Instant dueAt(@Nullable Instant expiry) {
        return until == null ? expiry : Placement.earlier(until, expiry);
    }
}
