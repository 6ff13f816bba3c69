// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A finished job that another one has submitted and waited for. Immutable. */
@ProviderType
public interface ChildJob {

    /** Id of the job. */
    JobId id();

    /** {@return the final status: completed, failed or cancelled} */
    JobStatus status();

    /** {@return the error of the job; null if it completed} */
    @Nullable
    String error();

    /**
     * Returns its result.
     *
     * @param <T> class of the result
     * @param type its class, preferably a record
     * @throws PermanentException if the job did not complete, with its error; or if the result does not match the class
     */
    <T> T result(Class<T> type);
}
