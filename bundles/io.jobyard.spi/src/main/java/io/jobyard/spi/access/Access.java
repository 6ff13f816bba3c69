// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.Job;
import io.jobyard.spi.limits.Quotas;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Says who may do what, by the roles that are configured now. Safe for use by several threads; never waits. */
@ProviderType
public interface Access {

    /**
     * Refuses what the caller may not do.
     *
     * @param owner whose job is concerned; null if none is
     * @param what what is concerned, for the message; empty if nothing is
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it; names the missing permission
     */
    void require(Caller caller, AccessRule rule, @Nullable String owner, String what);

    /**
     * Refuses what the caller may not do to a job.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it; names the missing permission
     */
    default void require(Caller caller, AccessRule rule, Job job) {
        require(caller, rule, job.submitter(), "job " + job.id());
    }

    /**
     * Refuses what the caller may not do to the host as a whole.
     *
     * @throws io.jobyard.api.AccessException if the caller's roles do not allow it; names the missing permission
     */
    default void require(Caller caller, AccessRule rule) {
        require(caller, rule, null, "");
    }

    /**
     * Whether the caller may do that.
     *
     * @param isOwn to a job of the caller's own, or to those of others; either where no job is concerned
     * @return true if it is allowed
     */
    boolean allows(Caller caller, AccessRule rule, boolean isOwn);

    /**
     * Refuses a queue that the caller may not name for a job. Where a job's type is routed to asks nobody.
     *
     * @throws io.jobyard.api.AccessException if no role of the caller's lists it; says which are
     */
    void requireQueue(Caller caller, String queue);

    /**
     * Refuses a job type that the caller may not submit.
     *
     * @param isPrivileged whether a handler marks the type as privileged: then a role must name it in full
     * @throws io.jobyard.api.AccessException if no role of the caller's allows it; names the fix
     */
    void requireType(Caller caller, String type, boolean isPrivileged);

    /**
     * Whether the caller's roles allow a job type. Whether the caller may submit at all is another question.
     *
     * @param isPrivileged whether a handler marks the type as privileged: then a role must name it in full
     * @return true if it is allowed
     */
    boolean allowsType(Caller caller, String type, boolean isPrivileged);

    /**
     * Returns the most urgent priority that the caller's jobs may have.
     *
     * @return 1 without a restriction
     */
    int bestPriority(Caller caller);

    /**
     * The roles by which somebody may submit.
     *
     * @param submitter the name of a user or a bundle, as jobs have it
     * @return the names of the roles that list a member of this name and allow to submit; empty if none does
     */
    Set<String> roles(String submitter);

    /**
     * How much submitters may have and use.
     *
     * @return a snapshot; the same object as long as nothing has changed
     */
    Quotas quotas();

    /**
     * Hears of each change of the roles, on the thread that brings it.
     *
     * @param listener is called after the change
     * @return ends the hearing
     */
    Runnable onChange(Runnable listener);
}
