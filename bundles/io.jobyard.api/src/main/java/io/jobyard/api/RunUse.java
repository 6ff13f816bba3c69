// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Use of one unit by one run, as its handler reported it by {@code JobContext.used}. The record remains after the loss of the host, and
 * after the removal of the job.
 *
 * @param unit the unit, for example {@code tokens}
 * @param amount 0 or more
 * @param estimate the job's estimate for a run; null if it does not include the unit
 */
public record RunUse(
        MeteredRun run,
        String unit,
        double amount,
        @Nullable Double estimate) {

    /**
     * Run of a job, with the values by which use is grouped.
     *
     * @param number number of the run
     * @param startedAt time at which the handler began
     * @param submitter submitter of the job
     * @param type type of the job
     * @param model text under {@code model} in the payload of the job; null without one
     * @param labels labels of the job
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
     * Returns a copy with another model, for readers who may not see it.
     *
     * @param shown text in place of the model
     */
    public RunUse ofModel(String shown) {
        MeteredRun other =
                new MeteredRun(run.job, run.number, run.startedAt, run.submitter, run.type, shown, run.labels);
        return new RunUse(other, unit, amount, estimate);
    }
}
