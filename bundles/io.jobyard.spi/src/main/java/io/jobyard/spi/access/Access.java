// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.Job;
import io.jobyard.spi.limits.Quotas;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Checks permissions with the current roles. Safe for use by several threads; never blocks. */
@ProviderType
public interface Access {

    /**
     * Requires a permission.
     *
     * @param owner submitter of the job; null without a job
     * @param what object of the operation, for the error message; may be empty
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow the operation; the message names the missing permission
     */
    void require(Caller caller, AccessRule rule, @Nullable String owner, String what);

    /**
     * Requires a permission for a job.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow the operation; the message names the missing permission
     */
    default void require(Caller caller, AccessRule rule, Job job) {
        require(caller, rule, job.submitter(), "job " + job.id());
    }

    /**
     * Requires a permission for the whole host.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow the operation; the message names the missing permission
     */
    default void require(Caller caller, AccessRule rule) {
        require(caller, rule, null, "");
    }

    /**
     * Returns whether the caller has a permission.
     *
     * @param isOwn whether the job belongs to the caller; without a job, the value has no effect
     */
    boolean allows(Caller caller, AccessRule rule, boolean isOwn);

    /**
     * Requires that the caller may name a queue for a job. Routing by type needs no permission.
     *
     * @throws io.jobyard.api.AccessException if no role of the caller lists the queue, with the allowed ones
     */
    void requireQueue(Caller caller, String queue);

    /**
     * Requires that the caller may submit a job type.
     *
     * @param isPrivileged whether a handler marks the type as privileged; then a role must contain the full name
     * @throws io.jobyard.api.AccessException if no role of the caller allows it, with the fix
     */
    void requireType(Caller caller, String type, boolean isPrivileged);

    /**
     * Returns whether the caller's roles allow a job type. A privileged type must be listed with its full name. The permission to submit is
     * a separate check.
     */
    boolean allowsType(Caller caller, String type, boolean isPrivileged);

    /** Returns the highest priority that the caller's jobs may have; 1 without a restriction. */
    int bestPriority(Caller caller);

    /** Returns the names of the roles that list a user or bundle of this name and allow submits; may be empty. */
    Set<String> roles(String submitter);

    /** Returns a snapshot of the submitters' quotas. Until something changes, each call returns the same object. */
    Quotas quotas();

    /**
     * Registers a listener for changes of the roles. It is called after the change, on the thread of the change.
     *
     * @return action that removes the listener
     */
    Runnable onChange(Runnable listener);
}
