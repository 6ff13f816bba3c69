// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.scheduling;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.Caller;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Submits jobs once for each request, however often the request comes. Safe for use by several threads. */
@FunctionalInterface
@ProviderType
public interface IdempotentSubmission {

    /** How long a request is kept. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * Stores jobs, all or none, and the request with them in one commit; or tells what the same request of the same submitter was
     * answered within the last 24 hours.
     *
     * @param caller who asks
     * @param key what the submitter calls the request: 1 to 200 printable characters of ASCII
     * @param fingerprint tells whether a request asks for the same, at most 64 characters
     * @param specifications what is asked
     * @return an answer for each, in the same order
     * @throws io.jobyard.api.IdempotencyKeyException if the key is that of a request with another fingerprint
     * @throws io.jobyard.api.ValidationException if the key is none, or as of {@link io.jobyard.api.JobManager#submitAll}
     */
    List<Submission> submit(Caller caller, String key, String fingerprint, List<JobSpecification> specifications);
}
