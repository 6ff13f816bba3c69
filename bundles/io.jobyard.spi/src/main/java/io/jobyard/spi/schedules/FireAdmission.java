// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Checks and admits the jobs of schedules, and other jobs that the host itself creates, like submits of their owners. */
@ProviderType
public interface FireAdmission {

    /**
     * Checks jobs like one submit of all of them, and stores them.
     *
     * @param owner submitter of the jobs, whose roles and quotas apply
     * @param jobs jobs to admit, all or none; they may depend on each other by their names
     * @param store stores the admitted jobs; returns whether it stored them
     * @return the answer of {@code store}
     * @throws io.jobyard.api.AccessException if the owner may not submit them
     * @throws io.jobyard.api.QuotaException if one of the owner's quotas does not allow it
     * @throws io.jobyard.api.ValidationException if a job is invalid
     */
    CompletableFuture<Boolean> admit(
            Caller owner, List<FiredJob> jobs, Function<List<AdmittedJob>, CompletableFuture<Boolean>> store);

    /**
     * Checks jobs like {@link #admit}, without storing them.
     *
     * @param owner submitter of the jobs
     * @throws io.jobyard.api.AccessException if the owner may not submit them
     * @throws io.jobyard.api.ValidationException if a job is invalid
     */
    void check(Caller owner, List<FiredJob> jobs);
}
