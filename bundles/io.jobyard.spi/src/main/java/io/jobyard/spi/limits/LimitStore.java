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
 * What the store keeps for the queue beside the jobs: how far limits are drawn, which queues are paused, and which types a handler has ever
 * served. The service is there while the store is open.
 *
 * <p>Changes go through one writing thread, which commits what has arrived in one transaction and then completes each
 * caller's future; a change that fails does so alone, its future with {@link io.jobyard.api.StoreException}. An {@link AuditEntry} is
 * appended to the audit in the same commit.
 */
@ProviderType
public interface LimitStore {

    /**
     * Remembers how much of limits is used. What follows in the order of calls is not stored before. Without effect on a host that
     * is not the leader.
     *
     * @param uses each replaces the one of the same key, or has it forgotten if it {@link LimitUse#isNothing() is nothing}
     * @return with whether this host was the leader
     */
    CompletableFuture<Boolean> remember(Collection<LimitUse> uses);

    /** Tells the other hosts what a run of this one uses of limits: the leader counts it. */
    CompletableFuture<Void> report(UseReport report);

    /** How much of limits is used: all that were ever remembered. */
    List<LimitUse> uses();

    /** How much of these limits is used, of those that were ever remembered. */
    default List<LimitUse> uses(Collection<LimitKey> keys) {
        return uses().stream().filter(use -> keys.contains(use.key())).toList();
    }

    /**
     * Names whom the store is to ask before it stores jobs that others of the database may let in too; in place of whoever was named
     * before. Without effect where nobody else can open the database: there the one who asks for the admission knows all.
     */
    default void letIn(SubmissionRule rule) {
        // nobody else lets jobs in
    }

    /** Pauses jobs, until they are resumed; replaces an earlier pause of the same target. The listeners hear of it before the caller. */
    CompletableFuture<Void> pause(Pause pause, AuditEntry audit);

    /** Forgets a pause. The listeners hear of it before the caller. */
    CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit);

    /** The pauses there are, one for each target, also those whose time is over. */
    List<Pause> pauses();

    /**
     * Makes, changes or removes a limit or a queue, unless it is another one by now. The listeners hear of it before the caller.
     *
     * @param next as it is to be: of a version behind the one that is stored, 1 if none is; forgotten if it {@link LimitDefinition#isGone() is
     *     gone}
     * @return with whether it was stored
     */
    CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit);

    /** The limits and queues that were made while a host ran, one for each kind and name. */
    List<LimitDefinition> definitions();

    /** Remembers that a handler has served these types. */
    CompletableFuture<Void> served(Collection<String> types);

    /** The names of the types that a handler has ever served. */
    Set<String> servedTypes();
}
