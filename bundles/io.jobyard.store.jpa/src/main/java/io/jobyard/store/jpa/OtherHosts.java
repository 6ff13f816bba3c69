// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.cluster.HostLife;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreSignals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** All that a store has to do with the other hosts of its database, while it is open: its threads for it, and who is woken by what. */
final class OtherHosts {

    /**
     * The life of this host.
     *
     * @param nanos when it was asked for, by the monotonic clock
     */
    record Begun(Incarnation self, Claimant claimant, long nanos) {}

    private final Incarnation self;
    private final Lives lives;
    private final Stewardship stewardship;
    private final Follower follower;
    private final CommitterConnection commits;
    private final Listeners listeners;
    private final SharedHosts hosts;
    private final LeaseThread lease;
    private final FollowThread followed;
    private final SignalThread signals;

    OtherHosts(
            DataSource pool,
            StoreDialect dialect,
            Begun begun,
            CommitterConnection commits,
            Inbox inbox,
            Listeners listeners,
            Runnable whenFenced)
            throws SQLException {
        self = begun.self();
        follower = Objects.requireNonNull(commits.follower());
        this.commits = commits;
        this.listeners = listeners;
        lives = commits.tables().lives();
        stewardship = commits.tables().stewardship();
        Claimant claimant = begun.claimant();
        String clock = dialect.sharedClock().orElseThrow();
        HostTable table = new HostTable(clock, lives);
        DatabaseTime time = new DatabaseTime(clock);
        DataSource unpooled = Session.unpooled(pool);
        StoreSignals ways = claimant.signals(dialect.signals().orElseThrow());
        try (Session session = new Session(pool.getConnection())) {
            time.tell(session, claimant.clock(), claimant.lease());
            follower.begin(session);
            List<HostLife> living = table.living(session, table.steward(session).life());
            hosts = new SharedHosts(self, table, stewardship, claimant.lease(), inbox, living, this::changed);
            hosts.renewed(begun.nanos());
            hosts.look(session); // whoever comes first is the steward at once
        }
        lease = new LeaseThread(unpooled, self.number(), claimant, table, time, hosts, whenFenced);
        hosts.lookSoon(lease::call);
        followed = new FollowThread(unpooled, ways, self.number(), inbox, this::follow);
        signals = new SignalThread(unpooled, ways);
    }

    SharedHosts hosts() {
        return hosts;
    }

    /** Has the thread of the lease do something else with the database at each of its looks. */
    void atEachLook(LeaseThread.AtEachLook something) {
        lease.atEachLook(something);
    }

    void start() {
        lease.start();
        followed.start();
        signals.start();
    }

    /** Wakes those who have to do something now: the steward, and whoever runs what was started or is to end. */
    void committed(List<Committed> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Set<Integer> concerned = new TreeSet<>();
        for (Committed change : changes) {
            UUID holder = change.after().incarnation();
            if (holder != null && !holder.equals(self.id())) {
                concerned.add(lives.life(holder).number());
            }
        }
        if (!stewardship.isMine()) {
            hosts.hosts().living().stream()
                    .filter(HostLife::steward)
                    .map(host -> lives.life(host.incarnation()).number())
                    .forEach(concerned::add);
        }
        if (!concerned.isEmpty()) {
            signals.wake(concerned);
        }
    }

    /** Whoever is the steward from now on knows all that the one before it has started. */
    private void changed(Hosts now) throws CommitFailure {
        follow();
        follower.forgetAllBut(now.living().stream().map(HostLife::incarnation).collect(Collectors.toSet()));
        listeners.tell(listener -> listener.hosts(now));
    }

    private void follow() throws CommitFailure {
        listeners.followed(commits.follow(), commits);
    }

    /** Before the committer ends: it hears of nothing new from here. */
    void beginStop(Duration patience) throws InterruptedException {
        hosts.beginEnd();
        followed.beginStop();
        signals.wake(Set.of(self.number())); // or it would wait its time
        followed.awaitEnd(patience);
    }

    /** After it has ended: until then this host is taken to live. */
    void stop(Duration patience) throws InterruptedException {
        signals.stop(patience);
        lease.stop(patience);
    }
}
