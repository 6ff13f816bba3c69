// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Service for reading jobs and hosts; it changes nothing. Each bundle gets its own instance, so that the host knows the caller.
 *
 * <p>Every method may throw {@link AccessException} if the caller lacks the permission.
 */
@ProviderType
public interface StatusReporter extends JobQueries, JobContents, HistoryQueries, UsageQueries, HostQueries {

    /**
     * Returns the service for another user, with that user's roles.
     *
     * @param user the user, 1 to 200 characters
     * @return a service that shows what the user may see
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not act as other users
     */
    StatusReporter as(String user);
}
