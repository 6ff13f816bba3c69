// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Locale;

/** Interval between two samples, and the time for which the host keeps them. */
public enum SampleStep {
    /** The numbers at each full minute. */
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(1)),
    /** The averages of the samples of each hour. */
    HOUR(Duration.ofHours(1), Duration.ofDays(90));

    private final Duration length;
    private final Duration kept;

    SampleStep(Duration length, Duration kept) {
        this.length = length;
        this.kept = kept;
    }

    /** {@return the interval} */
    public Duration length() {
        return length;
    }

    /** {@return the age at which the host may remove a sample; it removes old samples once per hour} */
    public Duration kept() {
        return kept;
    }

    /** {@return the name in queries} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a step.
     *
     * @param text {@code minute} or {@code hour}
     * @throws ValidationException if it is unknown
     */
    public static SampleStep of(String text) {
        for (SampleStep step : values()) {
            if (step.text().equals(text)) {
                return step;
            }
        }
        throw new ValidationException("step", "invalid step '" + text + "'; use minute or hour");
    }
}
