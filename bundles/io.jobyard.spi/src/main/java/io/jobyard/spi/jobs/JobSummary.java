// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** State of a job, without values that only its handler and its users need. Each host has this state for the jobs of other hosts. */
@ProviderType
public interface JobSummary {

    /** Returns the ID of the job. */
    JobId id();

    /** Returns the state of the job. For a job that another host changed, without the error and without values that only users request. */
    JobState state();

    /** Returns the internal state of the job. For a job that another host changed, without its dependencies, losses and versions. */
    SchedulingState books();

    /** Returns the number of the job's changes; 1 after its admission. */
    default int version() {
        return books().version();
    }

    /** Returns the lane of the job when it is ready. It contains the submitter, the type, and the requested queue and priority. */
    LaneKey lane();

    /** Returns the status. */
    default JobStatus status() {
        return state().status();
    }

    /** Returns the reason of the status; null without one. */
    default @Nullable Reason reason() {
        return state().reason();
    }

    /** Returns the number of handler starts. */
    default int run() {
        return state().run().number();
    }

    /** Returns the id of the incarnation that holds its run; null unless the job is running. */
    default @Nullable UUID incarnation() {
        return books().incarnation();
    }

    /**
     * Returns the queue in which the job counts: the queue of the latest run while it runs and once it has finished; otherwise the
     * requested queue; null for none.
     */
    @Nullable
    String queue();

    /** Returns whether a cancel of the current run was requested. */
    default boolean cancelRequested() {
        return books().cancelRequested();
    }

    /** Returns the time at which the job entered this state. */
    default Instant changedAt() {
        return state().changedAt();
    }

    /** Returns the time at which the handler began in the latest finished run; null if unknown. */
    default @Nullable Instant startedAt() {
        return state().run().startedAt();
    }

    /** Returns the time at which the job became ready, which defines its position in the lane; null before. */
    default @Nullable Instant readyAt() {
        return books().readyAt();
    }

    /** Returns the time at which the state of the job changes without a request; null for none. */
    default @Nullable Instant dueAt() {
        return books().dueAt();
    }

    /** Returns the expected use by a run, by unit; empty without an estimate. */
    Map<String, Double> estimate();
}
