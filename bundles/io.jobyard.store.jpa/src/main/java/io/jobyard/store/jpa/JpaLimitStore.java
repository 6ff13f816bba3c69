// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.SubmissionRule;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.SharedQuotas;
import io.jobyard.store.jpa.rows.DefinitionTable;
import io.jobyard.store.jpa.rows.LimitTables;
import io.jobyard.store.jpa.rows.ServedTypes;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Usage of limits that the queue stores, in addition to the jobs. */
final class JpaLimitStore implements LimitStore {

    private final Inbox inbox;
    private final ReadPool readers;
    private final Clock clock;
    private final SharedQuotas quotas;
    private final boolean isShared;

    JpaLimitStore(Inbox inbox, ReadPool readers, Clock clock, SharedQuotas quotas, boolean isShared) {
        this.quotas = quotas;
        this.isShared = isShared;
        this.inbox = inbox;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Boolean> remember(Collection<LimitUse> uses) {
        List<LimitUse> copy = List.copyOf(uses);
        AtomicBoolean isLeader = new AtomicBoolean();
        return inbox.write(transaction -> {
                    isLeader.set(transaction.isLeader()); // a retry of the transaction checks again
                    if (isLeader.get()) {
                        transaction.limits().add(copy);
                    }
                })
                .thenApply(done -> isLeader.get());
    }

    @Override
    public void letIn(SubmissionRule rule) {
        if (isShared) {
            quotas.follow(rule);
        }
    }

    @Override
    public CompletableFuture<Void> report(UseReport report) {
        return inbox.write(transaction -> transaction.feed().reported(transaction.session(), report));
    }

    @Override
    public List<LimitUse> uses() {
        return readers.ask(LimitTables::uses);
    }

    @Override
    public List<LimitUse> uses(Collection<LimitKey> keys) {
        List<LimitKey> copy = List.copyOf(keys);
        return readers.ask(session -> LimitTables.uses(session, copy));
    }

    @Override
    public CompletableFuture<Void> pause(Pause pause, AuditEntry audit) {
        return inbox.write(transaction -> {
            LimitTables.pause(transaction.session(), pause);
            transaction.audit(audit);
            transaction.feed().paused(transaction.session(), pause);
            transaction.tell(listener -> listener.paused(pause));
        });
    }

    @Override
    public CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit) {
        return inbox.write(transaction -> {
            LimitTables.resume(transaction.session(), target);
            transaction.audit(audit);
            transaction.feed().resumed(transaction.session(), target);
            transaction.tell(listener -> listener.resumed(target));
        });
    }

    @Override
    public List<Pause> pauses() {
        return readers.ask(LimitTables::pauses);
    }

    @Override
    public CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit) {
        AtomicBoolean won = new AtomicBoolean();
        return inbox.write(transaction -> {
                    won.set(DefinitionTable.change(transaction.session(), next, transaction.isShared()));
                    if (won.get()) {
                        transaction.audit(audit);
                        transaction.feed().defined(transaction.session(), next);
                        transaction.tell(listener -> listener.defined(next));
                    }
                })
                .thenApply(done -> won.get());
    }

    @Override
    public List<LimitDefinition> definitions() {
        return readers.ask(DefinitionTable::all);
    }

    @Override
    public CompletableFuture<Void> served(Collection<String> types) {
        Set<String> copy = Set.copyOf(types);
        Instant now = clock.instant();
        return inbox.write(transaction -> ServedTypes.add(transaction.session(), copy, now, transaction.isShared()));
    }

    @Override
    public Set<String> servedTypes() {
        return readers.ask(ServedTypes::read);
    }
}
