// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Services of the host for a servlet in {@code deploy/}. They have the permissions of the request's user, limited by the request's token. A
 * servlet that references {@link JobManager} directly has the permissions of its own bundle, for every caller.
 *
 * <pre>{@code
 * JobManager jobs = services.jobManager(request::getAttribute);
 * }</pre>
 */
@ProviderType
public interface RequestServices {

    /**
     * Returns the job manager of a request's caller.
     *
     * @param attributes the attributes of the request: {@code request::getAttribute}
     * @return a service with the caller's permissions
     * @throws AccessException if the request has no caller: its path requires no sign-in, or it did not arrive at the host's port
     */
    JobManager jobManager(Function<String, @Nullable Object> attributes);

    /**
     * Returns the status reporter of a request's caller.
     *
     * @param attributes the attributes of the request: {@code request::getAttribute}
     * @return a service that shows what the caller may see
     * @throws AccessException if the request has no caller: its path requires no sign-in, or it did not arrive at the host's port
     */
    StatusReporter statusReporter(Function<String, @Nullable Object> attributes);
}
