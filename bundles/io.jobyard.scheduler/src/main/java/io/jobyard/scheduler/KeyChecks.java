// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Checks the key policy of a specification, and its effect on the new job. */
final class KeyChecks {

    private static final Duration LONGEST = Duration.ofDays(365);

    private KeyChecks() {}

    static void agree(JobSpecification asked) {
        KeyPolicy policy = asked.identity().keyPolicy();
        Duration time = policy.time();
        if (policy.kind() == KeyPolicy.KeyAction.RETURN) {
            return;
        } else if (asked.identity().key() == null) {
            throw new ValidationException(
                    "keyPolicy", "missing key: keyPolicy " + policy + " requires a key; set a key, or omit keyPolicy");
        } else if (time != null && time.compareTo(LONGEST) > 0) {
            throw new ValidationException(
                    "keyPolicy", "keyPolicy " + policy + " is out of range: use a time up to 365 days");
        } else if (policy.replaces()
                && !(asked.dependencies().ids().isEmpty()
                        && asked.dependencies().names().isEmpty())) {
            throw new ValidationException(
                    "keyPolicy", "keyPolicy " + policy + " does not allow dependencies: a replaced job keeps its own");
        } else if (policy.replaces()
                && (asked.identity().group() != null || asked.identity().endsGroup() != null)) {
            throw new ValidationException(
                    "keyPolicy", "keyPolicy " + policy + " does not allow a group: a replaced job keeps its own");
        }
    }

    /** Returns the time until which the key stays in use, even after the end of the job; null if the end releases it. */
    static @Nullable Instant keyUntil(JobSpecification asked, Instant now) {
        return asked.identity().keyPolicy().kind() == KeyPolicy.KeyAction.THROTTLE
                ? after(asked.identity().keyPolicy(), now)
                : null;
    }

    /** Returns the earliest start: the {@code notBefore} of the specification, or the end of the quiet time, whichever is later. */
    static @Nullable Instant notBefore(JobSpecification asked, Instant now) {
        Instant notBefore = asked.times().notBefore();
        if (asked.identity().keyPolicy().kind() != KeyPolicy.KeyAction.DEBOUNCE) {
            return notBefore;
        }
        Instant quiet = after(asked.identity().keyPolicy(), now);
        return notBefore != null && notBefore.isAfter(quiet) ? notBefore : quiet;
    }

    private static Instant after(KeyPolicy policy, Instant now) {
        Duration time = policy.time();
        return time == null ? now : now.plus(time).truncatedTo(ChronoUnit.MICROS);
    }
}
