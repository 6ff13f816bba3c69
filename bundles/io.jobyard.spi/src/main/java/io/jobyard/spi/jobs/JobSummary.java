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

/** How a job stands, without what only its handler and its people need: as much as a host knows of the jobs of others. */
@ProviderType
public interface JobSummary {

    /** The job's name. */
    JobId id();

    /** State of the job. For a job that another host changed, without the error and without values that only an operator requests. */
    JobState state();

    /** Internal state of hosts. For a job that another host changed, without its dependencies, losses and versions. */
    SchedulingState books();

    /**
     * Counts the job's changes.
     *
     * @return 1 after its admission
     */
    default int version() {
        return books().version();
    }

    /** Where it stands when it is ready: also who submitted it, its type, and the queue and the level it asked for. */
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
     * How often its handler was started.
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
     * The queue that stands for it where jobs are counted.
     *
     * @return that of the latest run while it runs and once it is final; else the one asked for; null if none was
     */
    @Nullable
    String queue();

    /**
     * Whether somebody asked to end its run.
     *
     * @return true until it is over
     */
    default boolean cancelRequested() {
        return books().cancelRequested();
    }

    /** When it came into this state. */
    default Instant changedAt() {
        return state().changedAt();
    }

    /**
     * The first line of the handler in the latest run that is over.
     *
     * @return the instant; null if it is not known
     */
    default @Nullable Instant startedAt() {
        return state().run().startedAt();
    }

    /**
     * When it became ready: its place in the lane.
     *
     * @return the instant; null before
     */
    default @Nullable Instant readyAt() {
        return books().readyAt();
    }

    /**
     * When time moves it on.
     *
     * @return the instant; null if time does not
     */
    default @Nullable Instant dueAt() {
        return books().dueAt();
    }

    /**
     * How much of each unit a run is expected to use.
     *
     * @return amounts by unit; empty if nothing was said
     */
    Map<String, Double> estimate();
}
