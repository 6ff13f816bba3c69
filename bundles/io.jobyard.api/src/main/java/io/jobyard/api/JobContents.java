// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads payloads, results, steps and streams of jobs. Each method with a job ID throws {@link JobNotFoundException} if the job does not
 * exist.
 */
@ProviderType
public interface JobContents {

    /**
     * Returns whether the caller may not see a job's content: its payload, its result, the values of its steps and its stream.
     *
     * @return true if {@link #payload} would fail; false even if the configuration of the type hides single values
     */
    boolean hidesPayload(JobId id);

    /**
     * Returns the payload of a job. In other users' jobs, {@code (hidden)} replaces the values that the configuration of the type hides.
     *
     * @return payload as a JSON object
     */
    Map<String, Object> payload(JobId id);

    /** {@return a job's outcome so far; without its value if {@link #hidesPayload} returns true} */
    JobResult result(JobId id);

    /**
     * {@return the valid steps and waits of a job in the order of its handler's calls, then the steps and waits that a retry has dropped}
     */
    List<JobStep> steps(JobId id);

    /**
     * Returns the result of a job's step.
     *
     * @param name name of the step
     * @return a JSON value as a map, list, text, number or boolean; empty if the value is null, or the wait has not ended
     * @throws ValidationException if the job has no step with this name; the message lists the existing names
     */
    Optional<Object> stepValue(JobId id, String name);

    /** {@return the unused signals of a job, in the order in which they were sent; at most 100} */
    List<JobSignal> signals(JobId id);

    /**
     * Returns text that a job's handler has emitted.
     *
     * @param after position of the last known piece; returns later pieces; 0 for all
     * @param limit maximum number of pieces, 1 to 10,000
     * @return pieces in order; fewer than the limit only at the current end
     * @throws ValidationException if the limit is out of range
     */
    List<StreamPiece> stream(JobId id, long after, int limit);
}
