// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.incarnation.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The only host of a database that no other host can open. It is always the leader. */
public final class SoleHost implements HostStore, HostNotices {

    private final Incarnation self;
    private final Instant since;
    private final Inbox inbox;
    private final CommitListeners listeners;
    private volatile HostOffer offer = HostOffer.NOTHING;
    private volatile @Nullable Boolean drainAsked;

    public SoleHost(Incarnation self, Instant since, Inbox inbox, CommitListeners listeners) {
        this.self = self;
        this.since = since;
        this.inbox = inbox;
        this.listeners = listeners;
    }

    @Override
    public void offer(HostOffer now) {
        offer = now;
        inbox.put(new CommitterTask(
                () -> listeners.tell(listener -> listener.hosts(hosts())), new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<Boolean> askToDrain(UUID incarnation, boolean drains, AuditEntry audit) {
        Boolean before = drainAsked;
        if (!incarnation.equals(self.id()) || drains == (before == null ? offer.draining() : before)) {
            return CompletableFuture.completedFuture(false);
        }
        return inbox.write(transaction -> {
                    transaction.audit(audit);
                    transaction.tell(listener -> {
                        drainAsked = drains;
                        listener.hosts(hosts());
                    });
                })
                .thenApply(stored -> true);
    }

    @Override
    public void post(String topic, String text) {
        // no other host reads notices
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
                self.id(), List.of(new HostIncarnation(self.id(), self.host(), since, null, true, offer, drainAsked)));
    }
}
