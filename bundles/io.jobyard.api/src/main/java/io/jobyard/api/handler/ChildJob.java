// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Finished job that another job has submitted and waited for. Immutable. */
@ProviderType
public interface ChildJob {

    /** Returns the ID of the job. */
    JobId id();

    /** {@return the final status: completed, failed or cancelled} */
    JobStatus status();

    /** {@return the error of the job; null if it completed} */
    @Nullable
    String error();

    /**
     * Returns the result of the job.
     *
     * @param <T> class of the result
     * @param type class of the result, preferably a record
     * @throws PermanentException if the job did not complete, with the job's error; or if the result does not match the class
     */
    default <T> T result(Class<T> type) {
        return result(TypeOf.of(type));
    }

    /**
     * Returns the result like {@link #result(Class)}, as a generic type, for example a map of records.
     *
     * @param <T> type of the result
     * @param type the type, as {@code new TypeOf<Map<String, Finding>>() {}}
     */
    <T> T result(TypeOf<T> type);
}
