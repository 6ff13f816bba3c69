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

    /**
     * Number of the job's changes.
     *
     * @return 1 after its admission
     */
    default int version() {
        return books().version();
    }

    /** Lane of the job when it is ready; contains its submitter, its type, and the requested queue and priority. */
    LaneKey lane();

    /** The status. */
    default JobStatus status() {
        return state().status();
    }

    /**
     * Reason of the status, where one is needed.
     *
     * @return the reason; null without one
     */
    default @Nullable Reason reason() {
        return state().reason();
    }

    /**
     * Number of handler starts.
     *
     * @return 0 or more
     */
    default int run() {
        return state().run().number();
    }

    /**
     * The incarnation that holds its run.
     *
     * @return its id; null unless the job is running
     */
    default @Nullable UUID incarnation() {
        return books().incarnation();
    }

    /**
     * Queue under which the job is counted.
     *
     * @return that of the latest run while it runs and once it is final; otherwise the requested one; null for none
     */
    @Nullable
    String queue();

    /**
     * Whether a cancel of its run was requested.
     *
     * @return true until the run has ended
     */
    default boolean cancelRequested() {
        return books().cancelRequested();
    }

    /** When it entered this state. */
    default Instant changedAt() {
        return state().changedAt();
    }

    /**
     * The first line of the handler in the latest finished run.
     *
     * @return the instant; null if unknown
     */
    default @Nullable Instant startedAt() {
        return state().run().startedAt();
    }

    /**
     * When it became ready, which defines its position in the lane.
     *
     * @return the instant; null before
     */
    default @Nullable Instant readyAt() {
        return books().readyAt();
    }

    /**
     * When time moves it.
     *
     * @return the instant; null if time does not
     */
    default @Nullable Instant dueAt() {
        return books().dueAt();
    }

    /**
     * Expected use of each unit by a run.
     *
     * @return amounts by unit; empty without an estimate
     */
    Map<String, Double> estimate();
}
