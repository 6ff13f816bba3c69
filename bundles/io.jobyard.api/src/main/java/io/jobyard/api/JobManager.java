// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that takes jobs. Each bundle gets one of its own, so that the host knows who asked.
 *
 * <p>Every method may throw {@link StoreException} when the store cannot answer, and {@link AccessException} when the caller's roles do not
 * allow it: then nothing was changed.
 */
@ProviderType
public interface JobManager extends JobSubmitter, JobControl, BulkControl, HostControl {

    /**
     * The same service on behalf of somebody else: it does what that user's roles allow.
     *
     * @param user who is to be the submitter, 1 to 200 characters
     * @return a service whose submissions belong to the user
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not speak for others
     */
    JobManager as(String user);
}
