// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Policy of a schedule for a time at which an earlier job of it has not ended. */
public enum OverlapPolicy {
    /** It makes the job all the same. */
    ALLOW,
    /** It makes no job. */
    SKIP,
    /** It makes the job, which waits for the end of the earlier ones, whatever that is. */
    QUEUE,
    /** It cancels the earlier ones, and makes the job, which waits for their end. */
    CANCEL;

    /**
     * Its word in options, files and JSON.
     *
     * @return such as {@code skip}
     */
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
