// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that tells about jobs. It never changes one. Each bundle gets one of its own, so that the host knows who
 * asks.
 *
 * <p>Every method may throw {@link AccessException} when the caller's roles do not allow it.
 */
@ProviderType
public interface StatusReporter extends JobQueries, JobContents, HistoryQueries, UsageQueries, HostQueries {

    /**
     * The same service on behalf of somebody else: it tells what that user's roles allow.
     *
     * @param user the user, 1 to 200 characters
     * @return a service that tells what the user may see
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not speak for others
     */
    StatusReporter as(String user);
}
