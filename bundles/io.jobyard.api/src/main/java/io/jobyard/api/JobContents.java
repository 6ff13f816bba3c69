// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Payloads, results and stored work of jobs. A method with a job id throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface JobContents {

    /**
     * Whether the caller may not see a job's content: its payload, its result, the values of its steps and its stream.
     *
     * @return true if {@link #payload} would fail; false even where the type's configuration hides single values
     */
    boolean hidesPayload(JobId id);

    /**
     * {@return the payload of a job, a JSON object} In other users' jobs, {@code (hidden)} replaces parts that the configuration of the
     * type hides.
     */
    Map<String, Object> payload(JobId id);

    /** {@return a job's outcome so far; without its value if {@link #hidesPayload} returns true} */
    JobResult result(JobId id);

    /** {@return the valid steps and waits of a job in the order of its handler's calls, followed by those that a retry has dropped} */
    List<JobStep> steps(JobId id);

    /**
     * Returns the result of a job's step.
     *
     * @param name the step's name
     * @return a JSON value, as maps, lists, texts, numbers and booleans; empty if it is null, or the wait has not ended
     * @throws ValidationException if the job has no step with this name, with the existing ones
     */
    Optional<Object> stepValue(JobId id, String name);

    /** {@return the unused signals of a job, in the order in which they were sent; at most 100} */
    List<JobSignal> signals(JobId id);

    /**
     * Returns text that a job's handler has emitted.
     *
     * @param after returns pieces after this position: that of the last known piece; 0 from the beginning
     * @param limit largest number of pieces, 1 to 10,000
     * @return in order; fewer than the limit only at the current end
     * @throws ValidationException if the limit is out of range
     */
    List<StreamPiece> stream(JobId id, long after, int limit);
}
