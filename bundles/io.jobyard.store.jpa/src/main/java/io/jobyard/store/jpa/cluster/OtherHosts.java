// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreSignals;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.Follower;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.DatabaseTime;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Connection of an open store with the other hosts of its database: the threads and the notifications. */
public final class OtherHosts {

    /**
     * Incarnation of this host.
     *
     * @param nanos value of {@link System#nanoTime} when the lease was requested
     * @param follower reads the commits of the other hosts
     */
    public record Begun(Incarnation self, HostCandidate claimant, long nanos, Follower follower) {}

    private final Incarnation self;
    private final Incarnations lives;
    private final Leadership leadership;
    private final Follower follower;
    private final CommitterConnection commits;
    private final CommitListeners listeners;
    private final SharedHosts hosts;
    private final LeaseThread lease;
    private final FollowThread followed;
    private final SignalThread signals;

    public OtherHosts(
            DataSource pool,
            StoreDialect dialect,
            Begun begun,
            CommitterConnection commits,
            Inbox inbox,
            CommitListeners listeners,
            Runnable whenFenced)
            throws SQLException {
        self = begun.self();
        follower = begun.follower();
        this.commits = commits;
        this.listeners = listeners;
        lives = commits.tables().lives();
        leadership = commits.tables().leadership();
        HostCandidate claimant = begun.claimant();
        String clock = dialect.sharedClock().orElseThrow();
        HostTable table = new HostTable(clock, lives);
        DatabaseTime time = new DatabaseTime(clock);
        DataSource unpooled = Session.unpooled(pool);
        StoreSignals ways = claimant.signals(dialect.signals().orElseThrow());
        try (Session session = new Session(pool.getConnection())) {
            time.tell(session, claimant.clock(), claimant.lease());
            follower.begin(session);
            List<HostIncarnation> living =
                    table.living(session, table.leader(session).life());
            hosts = new SharedHosts(self, table, leadership, claimant.lease(), inbox, living, this::changed);
            hosts.renewed(begun.nanos());
            hosts.look(session); // the first host becomes the leader immediately
        }
        lease = new LeaseThread(unpooled, self.number(), claimant, table, time, hosts, whenFenced);
        hosts.lookSoon(lease::call);
        followed = new FollowThread(unpooled, ways, self.number(), inbox, this::follow);
        signals = new SignalThread(unpooled, ways);
    }

    public SharedHosts hosts() {
        return hosts;
    }

    /** Sets additional work on the database for each round of the lease thread. */
    public void atEachLook(LeaseThread.AtEachLook something) {
        lease.atEachLook(something);
    }

    public void start() {
        lease.start();
        followed.start();
        signals.start();
    }

    /** Wakes the hosts that must act now: the leader, and hosts with runs that start or must end. */
    public void committed(List<Committed> changes) {
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
        if (!leadership.isMine()) {
            hosts.hosts().living().stream()
                    .filter(HostIncarnation::leader)
                    .map(host -> lives.life(host.incarnation()).number())
                    .forEach(concerned::add);
        }
        if (!concerned.isEmpty()) {
            signals.wake(concerned);
        }
    }

    /** Handles a change of the hosts. A new leader first reads all runs that the previous leader has started. */
    private void changed(Hosts now) throws CommitFailure {
        follow();
        follower.forgetAllBut(
                now.living().stream().map(HostIncarnation::incarnation).collect(Collectors.toSet()));
        listeners.tell(listener -> listener.hosts(now));
    }

    private void follow() throws CommitFailure {
        listeners.followed(commits.follow(), commits);
    }

    /** Stops the threads that report changes of other hosts, before the committer stops. */
    public void beginStop(Duration timeout) throws InterruptedException {
        hosts.beginEnd();
        followed.beginStop();
        signals.wake(Set.of(self.number())); // wakes the follow thread, which would otherwise wait until its timeout
        followed.awaitEnd(timeout);
    }

    /** Stops the lease thread. Until then, other hosts regard this host as alive. */
    public void stop(Duration timeout) throws InterruptedException {
        signals.stop(timeout);
        lease.stop(timeout);
    }
}
