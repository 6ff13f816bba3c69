// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Policy of a schedule for a time at which an earlier job of it has not ended. */
public enum OverlapPolicy {
    /** It creates the job anyway. */
    ALLOW,
    /** It creates no job. */
    SKIP,
    /** It creates the job, which waits for the end of the earlier ones, with any result. */
    QUEUE,
    /** It cancels the earlier ones, and creates the job, which waits for their end. */
    CANCEL;

    /** {@return the text form in options, files and JSON, for example {@code skip}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a policy.
     *
     * @param text its name
     * @throws ValidationException if it is unknown, with the existing ones
     */
    public static OverlapPolicy of(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("overlap '" + text + "' is unknown: use "
                        + Arrays.stream(values()).map(OverlapPolicy::text).collect(Collectors.joining(", "))));
    }
}
