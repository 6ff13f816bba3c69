// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State of the hosts that share a database, as this host knows it. It reads their rows regularly, publishes this host's offer, and elects
 * this host if the database has no leader. {@link LeaseThread} calls the reads; listeners are notified between two commits.
 */
public final class SharedHosts implements HostStore {

    /** Notifies listeners between two commits. */
    interface HostsTold {

        void hosts(Hosts now) throws CommitFailure;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SharedHosts.class);

    /** Longest time without starts after a leader has died. */
    private static final Duration LONGEST_LEADERSHIP = Duration.ofSeconds(10);

    /** Number that no incarnation has. */
    private static final int NOBODY = 0;

    private final Incarnation self;
    private final HostTable table;
    private final Leadership leadership;
    private final Duration lease;
    private final Inbox inbox;
    private final HostsTold told;
    private final AtomicReference<@Nullable HostOffer> offered = new AtomicReference<>();
    private final Duration life;
    private volatile long lifeRenewedAt;
    private volatile Hosts hosts;
    private volatile boolean ends;
    private volatile Runnable lookSoon = () -> {};

    private long epoch; // used only by the lease thread, like the fields below
    private long renewedAt;
    private long lookedAt = System.nanoTime();
    private long looksSince = lookedAt;

    SharedHosts(
            Incarnation self,
            HostTable table,
            Leadership leadership,
            Duration lease,
            Inbox inbox,
            List<HostIncarnation> living,
            HostsTold told) {
        this.self = self;
        this.table = table;
        this.leadership = leadership;
        this.life = lease;
        this.lease = lease.compareTo(LONGEST_LEADERSHIP) < 0 ? lease : LONGEST_LEADERSHIP;
        this.inbox = inbox;
        this.told = told;
        hosts = new Hosts(self.id(), living);
    }

    /** Sets the action that starts the next read early. */
    void lookSoon(Runnable call) {
        lookSoon = call;
    }

    @Override
    public void offer(HostOffer offer) {
        offered.set(offer);
        lookSoon.run();
    }

    @Override
    public CompletableFuture<Boolean> askToDrain(UUID incarnation, boolean drains, AuditEntry audit) {
        AtomicBoolean changes = new AtomicBoolean();
        return inbox.write(transaction -> {
                    changes.set(HostTable.askToDrain(transaction.session(), incarnation, drains));
                    if (changes.get()) {
                        transaction.audit(audit);
                    }
                })
                .thenApply(stored -> {
                    lookSoon.run();
                    return changes.get();
                });
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    /** Records that the lease was renewed by a request sent at this time. */
    void renewed(long nanos) {
        lifeRenewedAt = nanos;
    }

    boolean isToRenew() {
        return System.nanoTime() - lifeRenewedAt >= life.dividedBy(3).toNanos();
    }

    @Override
    public Optional<Duration> leaseLeft() {
        return Optional.of(life.minusNanos(System.nanoTime() - lifeRenewedAt));
    }

    /** Reads the hosts once. The leader also renews its row, and ends hosts with expired leases. */
    void look(Session session) throws SQLException {
        boolean couldRenew = couldAllRenew();
        HostOffer offer = offered.getAndSet(null);
        if (offer != null) {
            tellOffer(session, offer);
        }
        HostTable.Leader leader = table.leader(session);
        if (epoch > 0 && leader.epoch() != epoch) {
            lost("another host is the leader now");
        } else if (epoch > 0) {
            renew(session);
            if (couldRenew) {
                table.endLost(session, self.number());
            }
        } else if (leader.isFinished() && !ends) {
            elect(session);
        }
        boolean isGivenUp = epoch == 0 && leader.life() == self.number();
        follow(table.living(session, isGivenUp ? NOBODY : epoch > 0 ? self.number() : leader.life()));
    }

    /**
     * Returns whether all hosts had a chance to renew their leases. After an outage of the database, the first host would otherwise end all
     * others.
     */
    private boolean couldAllRenew() {
        long now = System.nanoTime();
        long enough = life.dividedBy(3).toNanos();
        if (now - lookedAt > enough) { // this host was suspended, and perhaps the others too
            looksSince = now;
        }
        lookedAt = now;
        return now - looksSince > enough;
    }

    private void tellOffer(Session session, HostOffer offer) throws SQLException {
        try {
            table.offer(session, self.number(), offer);
        } catch (SQLException e) {
            offered.compareAndSet(null, offer); // unless a newer offer has arrived
            throw e;
        }
    }

    /**
     * Renews the lease. The lease counts from before the request, so this host never assumes that it lasts longer than the database does.
     */
    private void renew(Session session) throws SQLException {
        long now = System.nanoTime();
        if (now - renewedAt < lease.dividedBy(3).toNanos()) {
            return;
        }
        if (table.renewLeader(session, epoch, lease)) {
            renewedAt = now;
        } else {
            lost("another host is the leader now");
        }
    }

    private void elect(Session session) throws SQLException {
        long now = System.nanoTime();
        table.elect(session, self.number(), lease).ifPresent(elected -> {
            epoch = elected;
            renewedAt = now;
            LOG.info("This host is now the leader: it assigns jobs to all hosts of the database");
        });
    }

    /** Handles a database that does not answer: this host loses the leadership once its own term has expired. */
    void noAnswer() {
        looksSince = System.nanoTime();
        if (epoch > 0 && System.nanoTime() - renewedAt > lease.toNanos()) {
            lost("the database has not answered for " + lease);
        }
    }

    /** Ends the leadership. Always notifies listeners: after another election, a host begins with an empty state. */
    private void lost(String why) {
        LOG.warn("This host is no longer the leader: {}", why);
        epoch = 0;
        leadership.end();
        tell(new Hosts(
                self.id(),
                hosts.living().stream()
                        .map(host -> new HostIncarnation(
                                host.incarnation(),
                                host.host(),
                                host.since(),
                                host.leaseUntil(),
                                false,
                                host.offer(),
                                host.drainAsked()))
                        .toList()));
    }

    /** Ends notifications and elections of this host. */
    synchronized void beginEnd() {
        ends = true;
    }

    /** Resigns the leadership, so that another host need not wait for the end of the lease. */
    void end(Session session) throws SQLException {
        long mine = epoch;
        epoch = 0;
        leadership.end();
        if (mine > 0) {
            table.renewLeader(session, mine, Duration.ZERO);
        }
    }

    private void follow(List<HostIncarnation> living) {
        Hosts now = new Hosts(self.id(), living);
        boolean begins = epoch > 0 && !leadership.isMine();
        if (!begins && withoutLeases(now).equals(withoutLeases(hosts))) {
            hosts = now;
            return;
        }
        tell(now);
    }

    private synchronized void tell(Hosts now) {
        long elected = epoch;
        hosts = now;
        if (ends) {
            return;
        }
        inbox.put(new CommitterTask(
                () -> {
                    if (elected > 0) {
                        leadership.begin(elected);
                    }
                    told.hosts(now);
                },
                new CompletableFuture<>()));
    }

    private static List<HostIncarnation> withoutLeases(Hosts hosts) {
        return hosts.living().stream()
                .map(host -> new HostIncarnation(
                        host.incarnation(),
                        host.host(),
                        host.since(),
                        null,
                        host.leader(),
                        host.offer(),
                        host.drainAsked()))
                .toList();
    }
}
