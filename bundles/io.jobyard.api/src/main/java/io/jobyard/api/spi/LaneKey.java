// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.JobTerms;
import org.jspecify.annotations.Nullable;

/**
 * What ready jobs share that stand in one lane: all that a gate may ask. As it was asked at submit; routing and the
 * clamping of levels are applied in memory.
 *
 * @param queue the queue asked for; null if none was
 * @param priority the level asked for
 * @param submitter who asked
 * @param type the job type
 * @param handlerVersion the range the handler must be in; null for any
 * @param suspect whether the host was lost at {@value Bookkeeping#SUSPECT_LOSSES} runs of the job: such jobs start one
 *     at a time
 */
public record LaneKey(
        @Nullable String queue,
        int priority,
        String submitter,
        String type,
        @Nullable String handlerVersion,
        boolean suspect) {

    /**
     * The lane of a job.
     *
     * @param job the job
     * @return where it stands when it is ready
     */
    public static LaneKey of(StoredJob job) {
        JobTerms terms = job.job().terms();
        return new LaneKey(
                terms.queue(),
                terms.priority(),
                job.job().submitter(),
                terms.type(),
                terms.handlerVersion(),
                job.books().isSuspect());
    }
}
