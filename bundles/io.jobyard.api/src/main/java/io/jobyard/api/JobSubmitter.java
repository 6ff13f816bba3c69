// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Submits jobs and waits for them. A method with a job id throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface JobSubmitter {

    /**
     * Stores a job. Returns after the commit: from then on, the job survives the end of the process. A priority above the best one that the
     * caller's roles allow is lowered to it, and recorded in the history.
     *
     * @param specification the request
     * @return the job's id and status
     * @throws ValidationException if the specification is invalid, with each problem and its fix
     * @throws QuotaException if the host, or the caller's quota, allows no more jobs now
     */
    Submission submit(JobSpecification specification);

    /**
     * Previews a submit: checks it and asks the gates, and stores nothing.
     *
     * @param specification the request
     * @return the expected result, or why it would be rejected
     * @throws AccessException if the caller may not submit this
     */
    Preview preview(JobSpecification specification);

    /**
     * Stores several jobs, all or none. They may depend on each other by their names.
     *
     * <p>The list is read once, from its first element to its last, and each payload is written and released before the next element is
     * requested: a list that creates its elements on request needs no memory for all of them.
     *
     * @param specifications the requests; at most {@code max.batch.jobs}, and with payloads of at most {@code max.batch.bytes} of JSON
     *     together if there are several
     * @return an answer for each, in the same order
     * @throws ValidationException if one of them is invalid, they are too many or too large together, or their dependencies form a cycle
     * @throws QuotaException if the host accepts no more jobs now
     */
    List<Submission> submitAll(List<JobSpecification> specifications);

    /** {@return the job as it is now} */
    Job job(JobId id);

    /**
     * Waits until a job is final, or until a timeout.
     *
     * @param atMost the timeout; zero returns at once
     * @return the job: final, or as it was at the timeout
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Job await(JobId id, Duration atMost) throws InterruptedException;

    /** Returns a job's specification, to submit a similar one: without its key, its dependencies and its times. */
    JobSpecification specification(JobId id);
}
