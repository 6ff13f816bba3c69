// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what jobs were submitted with, what they came to, and what they keep. A method that is asked for a job throws {@link
 * JobNotFoundException} if there is no such job.
 */
@ProviderType
public interface JobContents {

    /**
     * Whether the caller may not see what a job was submitted with and what it came to: its payload, its result, the values of its
     * steps and its stream.
     *
     * @return true if {@link #payload} would be refused; false also where single values are hidden by the configuration of the type
     */
    boolean hidesPayload(JobId id);

    /**
     * The payload of a job. In others' jobs, what the configuration of the type hides has {@code (hidden)} in its place.
     *
     * @return a JSON object
     */
    Map<String, Object> payload(JobId id);

    /**
     * What a job came to; without its result if {@link #hidesPayload} says so.
     *
     * @return its outcome so far
     */
    JobResult result(JobId id);

    /**
     * The steps and waits of a job.
     *
     * @return those that count in the order of its handler's calls, and behind them those that a retry has dropped
     */
    List<JobStep> steps(JobId id);

    /**
     * What a step of a job gave.
     *
     * @param name the step's name
     * @return a JSON value, as maps, lists, texts, numbers and booleans; empty if it is null, or the wait is not over
     * @throws ValidationException if the job has no step of that name; says which it has
     */
    Optional<Object> stepValue(JobId id, String name);

    /**
     * The signals that a job was given and that nothing has taken yet.
     *
     * @return in the order in which they were given; at most 100
     */
    List<JobSignal> signals(JobId id);

    /**
     * What a job's handler has emitted.
     *
     * @param after only what stands behind this position: that of the last piece that is known; 0 from the beginning
     * @param limit how many pieces at most, from 1 to 10,000
     * @return in order; fewer than the limit if there are no more by now
     * @throws ValidationException if the limit is out of range
     */
    List<StreamPiece> stream(JobId id, long after, int limit);
}
