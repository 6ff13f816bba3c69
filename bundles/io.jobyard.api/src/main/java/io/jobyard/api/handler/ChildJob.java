// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A job that another one has submitted and waited for, at its end. Immutable. */
@ProviderType
public interface ChildJob {

    /** Which job it is. */
    JobId id();

    /**
     * How it ended.
     *
     * @return completed, failed or cancelled
     */
    JobStatus status();

    /**
     * What went wrong.
     *
     * @return its error; null if it completed
     */
    @Nullable
    String error();

    /**
     * What it came to.
     *
     * @param <T> what the result is read as
     * @param type its class, best a record
     * @throws PermanentException if the job did not complete, which it says with the job's error; or if the result does not fit the type
     */
    <T> T result(Class<T> type);
}
