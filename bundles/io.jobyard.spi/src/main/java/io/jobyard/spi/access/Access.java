// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.Job;
import io.jobyard.spi.limits.Quotas;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Checks permissions by the current roles. Safe for use by several threads; never waits. */
@ProviderType
public interface Access {

    /**
     * Requires a permission.
     *
     * @param owner submitter of the job; null without a job
     * @param what object of the operation, for the message; may be empty
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it, with the missing permission
     */
    void require(Caller caller, AccessRule rule, @Nullable String owner, String what);

    /**
     * Requires a permission for a job.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it, with the missing permission
     */
    default void require(Caller caller, AccessRule rule, Job job) {
        require(caller, rule, job.submitter(), "job " + job.id());
    }

    /**
     * Requires a permission for the whole host.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it, with the missing permission
     */
    default void require(Caller caller, AccessRule rule) {
        require(caller, rule, null, "");
    }

    /** Whether the caller has a permission; {@code isOwn} is whether the job is the caller's own, and either without a job. */
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
     * @param isPrivileged whether a handler marks the type as privileged: then a role must name it in full
     * @throws io.jobyard.api.AccessException if no role of the caller allows it, with the fix
     */
    void requireType(Caller caller, String type, boolean isPrivileged);

    /** Whether the caller's roles allow a job type; a privileged one by its full name. The permission to submit is a separate check. */
    boolean allowsType(Caller caller, String type, boolean isPrivileged);

    /** Returns the most urgent priority that the caller's jobs may have; 1 without a restriction. */
    int bestPriority(Caller caller);

    /** Returns the names of the roles that list a user or bundle of this name and allow to submit; may be empty. */
    Set<String> roles(String submitter);

    /** Returns the quotas of submitters, a snapshot; the same object until something changes. */
    Quotas quotas();

    /** Registers a listener for changes of the roles, called after the change on its thread; the result removes it. */
    Runnable onChange(Runnable listener);
}
