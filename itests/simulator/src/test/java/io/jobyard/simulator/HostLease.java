// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the thread of a host's lease does, look by look: renews, is elected, ends whose lease is over, and tells what it sees. */
final class HostLease {

    static final long LIFE = Duration.ofSeconds(30).toNanos();
    static final long LEADER = Duration.ofSeconds(10).toNanos();
    /** So long a session may rest in a transaction. */
    static final long SESSION = Duration.ofSeconds(10).toNanos();

    private final World world;
    private final SimulatedHost host;
    private final Database rows;
    private @Nullable HostOffer offered;
    /** Of the election that this thread has won, and of the one that the committer goes by. */
    private long elected;

    private long begun;
    private long renewedAt;
    private Hosts hosts;
    private boolean leaves;

    HostLease(World world, SimulatedHost host) {
        this.world = world;
        this.host = host;
        rows = world.database;
        hosts = hosts(false);
    }

    /** By which the committer starts jobs; 0 if it starts none. */
    long epoch() {
        return begun;
    }

    void lostLeadership() {
        begun = 0;
    }

    Hosts hosts() {
        return hosts;
    }

    void offer(HostOffer offer) {
        offered = offer;
    }

    /** From now on it is not elected any more. */
    void leave() {
        leaves = true;
    }

    void look() {
        LifeRow mine = row();
        if (mine.hasEnded()) {
            world.kill(host, "learns that it has ended");
            return;
        }
        rows.write(session -> rows.lives.put(session, host.number, mine.renewed(world.nanos + LIFE)));
        if (offered != null) {
            HostOffer offer = offered;
            offered = null;
            rows.write(session -> rows.lives.put(session, host.number, row().offering(offer)));
        }
        LeaderRow leader = leader();
        if (elected > 0 && leader.epoch() != elected) {
            lost();
        } else if (elected > 0) {
            renewLeader(world.nanos + LEADER);
            endLost();
        } else if (leader.until() <= world.nanos && !leaves) {
            elect();
        }
        follow();
    }

    /** As far as the database still takes it for one; time has passed, and the thread was not idle. */
    void renewOnTheWay() {
        if (!row().hasEnded()) {
            long ago = world.random.nextLong(LEADER / 3);
            rows.write(session -> rows.lives.put(session, host.number, row().renewed(world.nanos - ago + LIFE)));
            if (elected > 0 && leader().epoch() == elected) {
                renewLeader(world.nanos - ago + LEADER);
            }
        }
    }

    /** The database does not answer. */
    void noAnswer() {
        if (elected > 0 && world.nanos - renewedAt > LEADER) {
            lost();
        }
    }

    private void renewLeader(long until) {
        LeaderRow row = leader();
        rows.write(session -> rows.leader.put(session, LeaderRow.KEY, new LeaderRow(row.epoch(), row.life(), until)));
        renewedAt = world.nanos;
    }

    private void elect() {
        LeaderRow next = new LeaderRow(leader().epoch() + 1, host.number, world.nanos + LEADER);
        if (rows.tryWrite(session -> {
            session.lock(rows.leader, LeaderRow.KEY, lockOfTakeover());
            rows.leader.put(session, LeaderRow.KEY, next);
        })) {
            elected = next.epoch();
            renewedAt = world.nanos;
            world.tell(() -> host + " is elected, " + next.epoch());
        }
    }

    private void endLost() {
        List<LifeRow> lost = rows.lives.rows().values().stream()
                .filter(life -> !life.hasEnded() && life.leaseUntil() <= world.nanos && life.number() != host.number)
                .toList();
        rows.tryWrite(session -> lost.forEach(life -> end(session, life)));
    }

    /** Ends a life, after its last transaction. */
    private void end(OpenTransaction session, LifeRow life) {
        session.lock(rows.lives, life.number(), lockOfTakeover());
        rows.lives.put(session, life.number(), life.ended());
        world.tell(() -> host + " ends life " + life.number());
    }

    private RowLock lockOfTakeover() {
        return world.fault == SeededFault.PLAIN_UPDATE ? RowLock.UPDATE : RowLock.FOR_UPDATE;
    }

    /** The listeners hear of it whatever follows: who is elected again begins anew. */
    private void lost() {
        world.tell(() -> host + " is not the leader any more");
        elected = 0;
        begun = 0;
        tell(hosts(false));
    }

    private void follow() {
        boolean begins = elected > 0 && begun == 0;
        Hosts now = hosts(true);
        if (begins || !now.equals(hosts)) {
            tell(now);
        }
    }

    private void tell(Hosts now) {
        hosts = now;
        long epoch = elected;
        host.committer.between(() -> {
            if (epoch > 0) {
                begun = epoch;
            }
            host.told(now);
        });
    }

    /** All that have not ended; with the leader, or without. */
    private Hosts hosts(boolean withLeader) {
        LeaderRow leader = leader();
        boolean isGivenUp = elected == 0 && leader.life() == host.number;
        int life = withLeader && !isGivenUp ? elected > 0 ? host.number : leader.life() : 0;
        return new Hosts(
                host.incarnation,
                rows.lives.rows().values().stream()
                        .filter(row -> !row.hasEnded())
                        .map(row -> new HostIncarnation(
                                row.id(), row.position(), Instant.EPOCH, null, row.number() == life, row.offer(), null))
                        .toList());
    }

    /** Gives the leadership back, so that nobody need wait. */
    void end() {
        if (elected > 0 && leader().epoch() == elected) {
            renewLeader(world.nanos);
        }
    }

    private LifeRow row() {
        return Objects.requireNonNull(rows.lives.get(host.number));
    }

    private LeaderRow leader() {
        return Objects.requireNonNull(rows.leader.get(LeaderRow.KEY));
    }
}
