// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.UseReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Part of the in-memory store for the queue's limits. */
abstract class InMemoryLimits extends InMemoryHost implements LimitStore {

    InMemoryLimits(UUID incarnation, String host, Instant begun, InMemoryTables tables) {
        super(incarnation, host, begun, tables);
    }

    @Override
    public CompletableFuture<Void> served(Collection<String> types) {
        List<String> copy = List.copyOf(types);
        return commits.write(() -> tables.servedTypes.addAll(copy));
    }

    @Override
    public Set<String> servedTypes() {
        return commits.read(() -> Set.copyOf(tables.servedTypes));
    }

    @Override
    public CompletableFuture<Boolean> remember(Collection<LimitUse> uses) {
        List<LimitUse> copy = List.copyOf(uses);
        return commits.write(() -> copy.forEach(this::remember)).thenApply(done -> true);
    }

    private void remember(LimitUse use) {
        if (use.isNothing()) {
            tables.limitUses.remove(use.key());
        } else {
            tables.limitUses.put(use.key(), use);
        }
    }

    /** Does nothing, because there is no other host. */
    @Override
    public CompletableFuture<Void> report(UseReport report) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<LimitUse> uses() {
        return commits.read(() -> List.copyOf(tables.limitUses.values()));
    }

    @Override
    public CompletableFuture<Void> pause(Pause pause, AuditEntry audit) {
        return commits.write(
                () -> {
                    tables.audit.append(incarnation(), audit);
                    tables.pauses.put(pause.target(), pause);
                },
                listener -> listener.paused(pause));
    }

    @Override
    public CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit) {
        boolean[] won = {false};
        return commits.write(
                        () -> {
                            won[0] = tables.define(next);
                            if (won[0]) {
                                tables.audit.append(incarnation(), audit);
                            }
                        },
                        listener -> {
                            if (won[0]) {
                                listener.defined(next);
                            }
                        })
                .thenApply(done -> won[0]);
    }

    @Override
    public List<LimitDefinition> definitions() {
        return commits.read(() -> List.copyOf(tables.definitions.values()));
    }

    @Override
    public CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit) {
        return commits.write(
                () -> {
                    tables.audit.append(incarnation(), audit);
                    tables.pauses.remove(target);
                },
                listener -> listener.resumed(target));
    }

    @Override
    public List<Pause> pauses() {
        return commits.read(() -> List.copyOf(tables.pauses.values()));
    }
}
