// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.HistorySeals;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Part of the in-memory store for incarnations and the audit. */
abstract class InMemoryHost extends InMemoryReads implements AuditStore, HostStore, HostNotices {

    private final UUID incarnation;
    private final String host;
    private final Instant begun;
    private volatile HostOffer offer = HostOffer.NOTHING;
    private volatile @Nullable Boolean drainAsked;

    InMemoryHost(UUID incarnation, String host, Instant begun, InMemoryTables tables) {
        super(tables);
        this.incarnation = incarnation;
        this.host = host;
        this.begun = begun;
        synchronized (tables) { // runs of the previous incarnation may still read these
            tables.audit.begin(incarnation, begun);
        }
    }

    public UUID incarnation() {
        return incarnation;
    }

    public String host() {
        return host;
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return commits.write(() -> tables.audit.append(incarnation, entry));
    }

    @Override
    public List<AuditRow> rows(UUID life, long after, int limit) {
        return commits.read(() -> tables.audit.rows(life, after, limit));
    }

    @Override
    public Optional<AuditRow> last() {
        return commits.read(() -> tables.audit.last(incarnation));
    }

    @Override
    public CompletableFuture<Void> cut(UUID life, long upTo) {
        return commits.write(() -> tables.audit.cut(life, upTo));
    }

    /** Returns nothing, because this store does not seal. */
    @Override
    public List<HistorySeals> historySeals() {
        return List.of();
    }

    /** Returns nothing, because only the store itself can change histories. */
    @Override
    public Optional<String> verifyHistories() {
        return Optional.empty();
    }

    @Override
    public List<UUID> audited() {
        return commits.read(tables.audit::audited);
    }

    @Override
    public List<UUID> lives() {
        return commits.read(() -> tables.audit.lives());
    }

    @Override
    public void offer(HostOffer now) {
        commits.write(() -> offer = now, listener -> listener.hosts(hosts()));
    }

    @Override
    public CompletableFuture<Boolean> askToDrain(UUID asked, boolean drains, AuditEntry audit) {
        Boolean before = drainAsked;
        if (!asked.equals(incarnation) || drains == (before == null ? offer.draining() : before)) {
            return CompletableFuture.completedFuture(false);
        }
        return commits.write(
                        () -> {
                            tables.audit.append(incarnation, audit);
                            drainAsked = drains;
                        },
                        listener -> listener.hosts(hosts()))
                .thenApply(stored -> true);
    }

    @Override
    public void post(String topic, String text) {
        // empty: no other host reads notices
    }

    @Override
    public Map<UUID, String> read(String topic) {
        return Map.of();
    }

    @Override
    public Optional<Duration> leaseLeft() {
        return Optional.empty();
    }

    @Override
    public Hosts hosts() {
        return new Hosts(
                incarnation, List.of(new HostIncarnation(incarnation, host, begun, null, true, offer, drainAsked)));
    }
}
