// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Common values of the ready jobs in one lane: everything that gates depend on. They are the requested values. Routing, lower priorities
 * and the limits of handlers are applied in memory.
 *
 * @param queue the requested queue; null for none
 * @param handler handlers that its jobs may get
 * @param limits requested limits, in order; a limit with a key includes the value, as in {@link io.jobyard.spi.limits.NamedLimit}
 * @param estimated whether its jobs have an estimate, which is stored with their positions
 * @param suspect whether the host was lost during {@value SchedulingState#SUSPECT_LOSSES} runs of the job; such jobs start one at a time
 */
public record LaneKey(
        @Nullable String queue,
        int priority,
        String submitter,
        String type,
        WantedHandler handler,
        List<String> limits,
        boolean estimated,
        boolean suspect) {

    public LaneKey {
        limits = List.copyOf(limits);
    }

    /**
     * Creates a lane of jobs that have not begun.
     *
     * @param handlerVersion version range of the handler; null for any
     */
    public LaneKey(
            @Nullable String queue,
            int priority,
            String submitter,
            String type,
            @Nullable String handlerVersion,
            List<String> limits,
            boolean estimated,
            boolean suspect) {
        this(queue, priority, submitter, type, WantedHandler.in(handlerVersion), limits, estimated, suspect);
    }

    /** Returns the version range of the handler; null for any. */
    public @Nullable String handlerVersion() {
        return handler.range();
    }

    /** Returns the same lane with other allowed handlers. */
    public LaneKey with(WantedHandler wanted) {
        return new LaneKey(queue, priority, submitter, type, wanted, limits, estimated, suspect);
    }

    /** Returns the lane of a job when it is ready. */
    public static LaneKey of(StoredJob job) {
        JobTerms terms = job.job().terms();
        return new LaneKey(
                terms.routing().queue(),
                terms.routing().priority(),
                job.job().submitter(),
                terms.type(),
                WantedHandler.of(job),
                terms.demand().limits(),
                !terms.demand().estimate().isEmpty(),
                job.books().isSuspect());
    }

    /** Returns a hash that differs for nearly all keys whose names differ in a few digits. */
    @Override
    public int hashCode() {
        int hash = SpreadHash.and(priority, queue);
        hash = SpreadHash.and(hash, submitter);
        hash = SpreadHash.and(hash, type);
        hash = SpreadHash.and(hash, handler.range());
        hash = SpreadHash.and(hash, handler.begunWith());
        hash = SpreadHash.and(hash, limits);
        return SpreadHash.and(hash, (estimated ? 1 : 0) + (suspect ? 2 : 0) + (handler.canary() ? 4 : 0));
    }
}
