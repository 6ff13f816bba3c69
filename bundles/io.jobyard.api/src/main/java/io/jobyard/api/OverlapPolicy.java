// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Policy of a schedule for a scheduled time at which an earlier job of the schedule has not finished. */
public enum OverlapPolicy {
    /** Creates the job anyway. */
    ALLOW,
    /** Creates no job. */
    SKIP,
    /** Creates a job that waits for the end of the earlier jobs, with any result. */
    QUEUE,
    /** Cancels the earlier jobs, and creates a job that waits for their end. */
    CANCEL;

    /** {@return the text form in options, files and JSON, for example {@code skip}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a policy.
     *
     * @param text name of the policy
     * @throws ValidationException if the policy is unknown; the message lists the known policies
     */
    public static OverlapPolicy of(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown overlap policy '" + text + "'; use "
                        + Arrays.stream(values()).map(OverlapPolicy::text).collect(Collectors.joining(", "))));
    }
}
