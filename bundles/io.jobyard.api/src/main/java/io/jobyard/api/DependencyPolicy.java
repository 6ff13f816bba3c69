// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/** Effect on a job when one of its dependencies fails or is cancelled. */
public enum DependencyPolicy {
    /** The job fails too, with reason {@link Reason#DEPENDENCY}. The default. */
    FAIL,
    /** The job is cancelled, with reason {@link Reason#DEPENDENCY}. */
    CANCEL,
    /** The job runs all the same; it finds no result of that dependency. */
    RUN;

    /**
     * The policy as it is written and stored.
     *
     * @return the lower-case name
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a policy from its text.
     *
     * @param text one of the names, in any case
     * @throws ValidationException if there is no such policy
     */
    public static DependencyPolicy of(String text) {
        for (DependencyPolicy policy : values()) {
            if (policy.text().equalsIgnoreCase(text)) {
                return policy;
            }
        }
        throw new ValidationException("'" + text + "' is no dependency policy; use fail, cancel or run");
    }
}
