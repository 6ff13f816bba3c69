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

/** State of a job, without values that only its handler and its users need: as much as a host knows of jobs on other hosts. */
@ProviderType
public interface JobSummary {

    /** Id of the job. */
    JobId id();

    /** State of the job. For a job that another host changed, without the error and without values that only an operator requests. */
    JobState state();

    /** Internal state of hosts. For a job that another host changed, without its dependencies, losses and versions. */
    SchedulingState books();

    /** Number of the job's changes; 1 after its admission. */
    default int version() {
        return books().version();
    }

    /** Lane of the job when it is ready; contains its submitter, its type, and the requested queue and priority. */
    LaneKey lane();

    /** The status. */
    default JobStatus status() {
        return state().status();
    }

    /** Reason of the status; null without one. */
    default @Nullable Reason reason() {
        return state().reason();
    }

    /** Number of handler starts. */
    default int run() {
        return state().run().number();
    }

    /** The id of the incarnation that holds its run; null unless the job is running. */
    default @Nullable UUID incarnation() {
        return books().incarnation();
    }

    /**
     * Queue under which the job is counted: that of the latest run while it runs and once it is final; otherwise the requested one; null
     * for none.
     */
    @Nullable
    String queue();

    /** Whether a cancel of its run was requested; true until the run has ended. */
    default boolean cancelRequested() {
        return books().cancelRequested();
    }

    /** When it entered this state. */
    default Instant changedAt() {
        return state().changedAt();
    }

    /** The first line of the handler in the latest finished run; null if unknown. */
    default @Nullable Instant startedAt() {
        return state().run().startedAt();
    }

    /** When it became ready, which defines its position in the lane; null before. */
    default @Nullable Instant readyAt() {
        return books().readyAt();
    }

    /** When time moves it; null if time does not. */
    default @Nullable Instant dueAt() {
        return books().dueAt();
    }

    /** Expected use by a run, by unit; empty without an estimate. */
    Map<String, Double> estimate();
}
