// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/** Kind of a job's step: work or a wait. */
public enum StepKind {
    /** Work with a stored value. */
    STEP,
    /** Wait for a time. */
    SLEEP,
    /** Wait for a signal. */
    SIGNAL,
    /** Wait for the ends of jobs that the job has submitted. */
    CHILDREN,
    /** Wait for an external answer, which anyone with its token can give. */
    CALLBACK;

    /** {@return the text form of the kind, the lower-case name} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses the text from {@link #text()}.
     *
     * @throws IllegalArgumentException if the kind is unknown
     */
    public static StepKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
