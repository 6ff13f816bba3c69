// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Submits jobs and waits for them. Each method with a job ID throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface JobSubmitter {

    /**
     * Stores a job. Returns after the commit: from then on, the job survives the end of the process. If the priority is higher than the
     * caller's roles allow, it is lowered to the highest allowed priority, and the history records this.
     *
     * @param specification the request
     * @return the job's id and status
     * @throws ValidationException if the specification is invalid, with each problem and its fix
     * @throws QuotaException if the host, or the caller's quota, allows no more jobs now
     */
    Submission submit(JobSpecification specification);

    /**
     * Stores a job of a type with classes. For priorities, labels and other options, submit {@link JobType#with(Object)}.
     *
     * @param type the job type
     * @param payload the payload, which Jackson writes as a JSON object
     * @param <P> type of the payload
     * @return the job's id and status
     * @throws ValidationException if the payload is invalid, with each problem and its fix
     * @throws QuotaException if the host, or the caller's quota, allows no more jobs now
     */
    default <P> Submission submit(JobType<P, ?> type, P payload) {
        return submit(type.with(payload).build());
    }

    /**
     * Previews a submit: checks the specification and the gates, and stores nothing.
     *
     * @param specification the request
     * @return expected result, or the reasons for a rejection
     * @throws AccessException if the caller may not submit this
     */
    Preview preview(JobSpecification specification);

    /**
     * Stores several jobs, all or none. The jobs may depend on each other by name.
     *
     * <p>The list is read once, from the first element to the last. Each payload is written and released before the next element is
     * requested, so a list that creates its elements on request needs memory for only one element.
     *
     * @param specifications the requests; at most {@code max.batch.jobs}, and with payloads of at most {@code max.batch.bytes} of JSON
     * together if there are several
     * @return an answer for each request, in the same order
     * @throws ValidationException if a request is invalid, the requests are too many or too large together, or their dependencies form a
     * cycle
     * @throws QuotaException if the host accepts no more jobs now
     */
    List<Submission> submitAll(List<JobSpecification> specifications);

    /** {@return the current state of the job} */
    Job job(JobId id);

    /**
     * Waits until a job has finished, or until a timeout.
     *
     * @param atMost timeout; with zero, this method returns immediately
     * @return the job: finished, or its state at the timeout
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Job await(JobId id, Duration atMost) throws InterruptedException;

    /** Returns the specification of a job without its key, its dependencies and its times, for a similar job. */
    JobSpecification specification(JobId id);

    /**
     * Continues a finished job as a new job, from a step: the new job has the {@linkplain #specification specification} of the job, belongs
     * to the caller, and gets the results of all earlier steps and waits. The job itself does not change. The number of runs continues from
     * the job's, so that the run numbers of the copied steps remain correct.
     *
     * @param fromStep name of the first step or wait that the new job executes
     * @return the new job's ID and status
     * @throws StateConflictException if the job has not finished
     * @throws ValidationException if the job has no step with this name (the message lists the existing names), or the results are too large
     * together ({@code max.batch.bytes})
     * @throws AccessException if the caller may not see the payload and the steps of the job, or may not submit its type
     * @throws QuotaException if the host, or the caller's quota, allows no more jobs now
     */
    Submission fork(JobId id, String fromStep);
}
