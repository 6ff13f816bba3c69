// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a schedule does when its time comes and an earlier job of it has not ended. */
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
     * Reads a policy.
     *
     * @param text its word
     * @throws ValidationException if it is none: says which there are
     */
    public static OverlapPolicy of(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("overlap '" + text + "' is unknown: use "
                        + Arrays.stream(values()).map(OverlapPolicy::text).collect(Collectors.joining(", "))));
    }
}
