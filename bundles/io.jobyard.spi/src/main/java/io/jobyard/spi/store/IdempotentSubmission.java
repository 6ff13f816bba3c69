// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.Caller;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** Executes requests only once, however often they arrive. */
@ProviderType
public interface IdempotentSubmission {

    /** Retention time of a request. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * Stores jobs, all or none, and the request, in one commit. If the same submitter has sent the same request within the last 24 hours,
     * returns its answer instead.
     *
     * @param key key of the request, from the submitter: 1 to 200 printable ASCII characters
     * @param fingerprint text that identifies the content of the request, at most 64 characters
     * @return answer for each job, in the same order
     * @throws io.jobyard.api.IdempotencyKeyException if the key belongs to a request with another fingerprint
     * @throws io.jobyard.api.ValidationException if the key is invalid, or as in {@link io.jobyard.api.JobManager#submitAll}
     */
    List<Submission> submit(Caller caller, String key, String fingerprint, List<JobSpecification> specifications);

    /**
     * Makes a call that is not a submit. If the same submitter has sent the same request within the last 24 hours, returns its answer
     * instead. A call is never made twice: the request is stored before it, and its answer after it. A call that throws an exception has
     * done nothing and may be repeated. Only after {@link io.jobyard.api.StoreException}, the outcome is unknown.
     *
     * @param key key of the request, from the submitter: 1 to 200 printable ASCII characters
     * @param fingerprint text that identifies the content of the request, at most 64 characters
     * @param call does the work, and returns the answer, which is a JSON object
     * @throws io.jobyard.api.IdempotencyKeyException if the key belongs to a request with another fingerprint
     * @throws io.jobyard.api.RequestUnfinishedException if that request has begun and has no answer yet, or will never have an answer
     * because its host stopped
     * @throws io.jobyard.api.ValidationException if the key is invalid
     */
    String answer(Caller caller, String key, String fingerprint, Supplier<String> call);
}
