// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.audit.AuditEntry;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stored state of the queue, in addition to jobs: usage of limits, pauses, and types that have ever had a handler. The service is
 * registered while the store is open.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others; its future fails with {@link io.jobyard.api.StoreException}. An {@link
 * AuditEntry} is appended to the audit in the same commit.
 */
@ProviderType
public interface LimitStore {

    /**
     * Stores the usage of limits. Each value replaces the value with the same key, or removes it if it
     * {@link LimitUse#isNothing() is nothing}. Has no effect on a host that is not the leader. The store keeps the order of the calls.
     *
     * @return completes after the commit with whether this host was the leader
     */
    CompletableFuture<Boolean> remember(Collection<LimitUse> uses);

    /** Reports the use of limits by a run of this host. The leader counts it. */
    CompletableFuture<Void> report(UseReport report);

    /** Returns the stored usage of all limits. */
    List<LimitUse> uses();

    /** Returns the stored usage of these limits. */
    default List<LimitUse> uses(Collection<LimitKey> keys) {
        return uses().stream().filter(use -> keys.contains(use.key())).toList();
    }

    /**
     * Sets the rule to check before jobs are stored, if other hosts of the database can also admit jobs. Replaces an earlier rule. Has no
     * effect if no other host can open the database, because then the caller of the admission knows all jobs.
     */
    default void letIn(SubmissionRule rule) {
        // empty: no other host admits jobs
    }

    /** Pauses jobs until they are resumed. Replaces an earlier pause of the same target. The listeners are notified before the caller. */
    CompletableFuture<Void> pause(Pause pause, AuditEntry audit);

    /** Removes a pause. The listeners are notified before the caller. */
    CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit);

    /** Returns the pauses, one for each target, including expired ones. */
    List<Pause> pauses();

    /**
     * Creates, changes or removes a limit or a queue, unless it has changed meanwhile. The listeners are notified before the caller.
     *
     * @param next new definition. Its version follows the stored version, and is 1 if none is stored. A definition that {@link
     * LimitDefinition#isGone() is gone} removes the stored one
     * @return completes with whether it was stored
     */
    CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit);

    /** Returns the limits and queues that were created at run time, one for each kind and name. */
    List<LimitDefinition> definitions();

    /** Stores that these types have had a handler. */
    CompletableFuture<Void> served(Collection<String> types);

    /** Returns the names of the types that have ever had a handler. */
    Set<String> servedTypes();
}
