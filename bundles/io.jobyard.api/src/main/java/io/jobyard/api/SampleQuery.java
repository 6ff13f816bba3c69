// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Query for samples of the numbers of jobs.
 *
 * @param step interval between two samples
 * @param since earliest time of a sample
 * @param until latest time of a sample, exclusive
 * @param queue only counts of this queue; null for all
 * @param type only counts of this type; null for all
 */
public record SampleQuery(
        SampleStep step,
        Instant since,
        Instant until,
        @Nullable String queue,
        @Nullable String type) {

    /** Maximum number of counts in an answer. */
    public static final int MAX_COUNTS = 100_000;

    /** @throws ValidationException if the time is empty */
    public SampleQuery {
        if (!since.isBefore(until)) {
            throw new ValidationException(
                    "since", "invalid since " + since + ": it is not before until " + until + "; use an earlier time");
        }
    }

    /** {@return whether a count belongs to the answer} */
    public boolean matches(SampledCount count) {
        return (queue == null || queue.equals(count.queue())) && (type == null || type.equals(count.type()));
    }
}
