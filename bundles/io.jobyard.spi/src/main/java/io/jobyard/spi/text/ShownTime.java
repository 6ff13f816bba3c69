// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Format of times in sentences that explain a job or describe a finding: ISO 8601 in UTC, to the second. */
public final class ShownTime {

    private ShownTime() {}

    /** Formats a time, for example {@code 2030-01-01T18:30:00Z}. */
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
