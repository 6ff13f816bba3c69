// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run has used of one unit, as its handler told by {@code JobContext.used}. It stays when the run is lost with its host or
 * its job is removed: what was used was used.
 *
 * @param unit the unit, such as {@code tokens}
 * @param amount how much, 0 or more
 * @param estimate how much the job said that a run needs; null if it said nothing of the unit
 */
public record RunUse(
        MeteredRun run,
        String unit,
        double amount,
        @Nullable Double estimate) {

    /**
     * A run of a job, as what it uses is told apart.
     *
     * @param number which of the job's runs
     * @param startedAt when the run's handler was at its first line
     * @param submitter whose job it is
     * @param type the job's type
     * @param model the text under {@code model} of the job's payload; null if there is none
     * @param labels the job's labels
     */
    public record MeteredRun(
            JobId job,
            int number,
            Instant startedAt,
            String submitter,
            String type,
            @Nullable String model,
            Map<String, String> labels) {

        public MeteredRun {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * The same with another model, for those who may not see it.
     *
     * @param shown what stands for it
     */
    public RunUse ofModel(String shown) {
        MeteredRun other =
                new MeteredRun(run.job, run.number, run.startedAt, run.submitter, run.type, shown, run.labels);
        return new RunUse(other, unit, amount, estimate);
    }
}
