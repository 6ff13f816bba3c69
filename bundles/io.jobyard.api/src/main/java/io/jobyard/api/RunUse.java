// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run has used of one unit, as its handler told by {@code JobContext.used}. It stays when the run is lost with its host or
 * its job is removed: what was used was used.
 *
 * @param run the number of its run
 * @param startedAt when the run's handler was at its first line
 * @param submitter whose job it is
 * @param type the job's type
 * @param model the text under {@code model} of the job's payload; null if there is none
 * @param labels the job's labels
 * @param unit the unit, such as {@code tokens}
 * @param amount how much, 0 or more
 * @param estimate how much the job said that a run needs; null if it said nothing of the unit
 */
public record RunUse(
        JobId job,
        int run,
        Instant startedAt,
        String submitter,
        String type,
        @Nullable String model,
        Map<String, String> labels,
        String unit,
        double amount,
        @Nullable Double estimate) {

    public RunUse {
        labels = Map.copyOf(labels);
    }

    /**
     * The same with another model, for those who may not see it.
     *
     * @param shown what stands for it
     */
    public RunUse ofModel(String shown) {
        return new RunUse(job, run, startedAt, submitter, type, shown, labels, unit, amount, estimate);
    }
}
