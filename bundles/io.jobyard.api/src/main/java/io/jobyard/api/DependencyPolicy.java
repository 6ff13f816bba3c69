// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/** Effect on a job when one of its dependencies fails or is cancelled. */
public enum DependencyPolicy {
    /** The job fails with the reason {@link Reason#DEPENDENCY}. This is the default. */
    FAIL,
    /** The job is cancelled with the reason {@link Reason#DEPENDENCY}. */
    CANCEL,
    /** The job runs without a result of that dependency. */
    RUN;

    /** {@return the text form of the policy, the lower-case name} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a policy.
     *
     * @param text one of the names, in any case
     * @throws ValidationException if the name is unknown
     */
    public static DependencyPolicy of(String text) {
        for (DependencyPolicy policy : values()) {
            if (policy.text().equalsIgnoreCase(text)) {
                return policy;
            }
        }
        throw new ValidationException("invalid dependency policy '" + text + "'; use fail, cancel or run");
    }
}
