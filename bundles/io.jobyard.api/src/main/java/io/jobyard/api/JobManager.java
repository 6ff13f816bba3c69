// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Service that accepts and changes jobs. Each bundle gets its own instance, so that the host knows the caller.
 *
 * <p>Every method may throw {@link StoreException} if the store cannot answer, and {@link AccessException} if the caller lacks the
 * permission. In both cases, nothing was changed.
 */
@ProviderType
public interface JobManager extends JobSubmitter, JobControl, BulkControl, HostControl {

    /**
     * Returns the service for another user, with that user's roles.
     *
     * @param user the submitter, 1 to 200 characters
     * @return a service whose submissions belong to the user
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not act as other users
     */
    JobManager as(String user);
}
