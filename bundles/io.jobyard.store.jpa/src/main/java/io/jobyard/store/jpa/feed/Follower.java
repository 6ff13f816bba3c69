// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reader of other hosts' rows in the feed, with a position for each incarnation. A read after this host's own commit contains all changes
 * that the commit depends on: each change and its feed row are one commit, and each incarnation commits in order. Only for the committer's
 * thread.
 */
public final class Follower implements RemoteFeed {

    private final FeedRows rows;
    private final LaneTable lanes;
    private final Incarnations lives;
    private final RunningTable running;
    private final NeededDependencies needed;
    private final Leadership leadership;
    private final int self;

    /** The last row read from each incarnation that may still write. This host's own rows are never read. */
    private final Map<Integer, Long> positions = new HashMap<>();

    private final Map<Integer, Long> fresh = new HashMap<>();
    private final FeedVector told = FeedVector.start();
    private final AtomicLong times = new AtomicLong();
    private int highest;

    public Follower(
            FeedRows rows,
            LaneTable lanes,
            Incarnations lives,
            RunningTable running,
            NeededDependencies needed,
            Leadership leadership,
            int self) {
        this.needed = needed;
        this.rows = rows;
        this.lanes = lanes;
        this.lives = lives;
        this.running = running;
        this.leadership = leadership;
        this.self = self;
    }

    /** Starts after all existing rows. */
    public void begin(Session session) throws SQLException {
        for (UUID id : Incarnation.living(session)) {
            int life = lives.life(id).number();
            Optional<FeedRows.FeedRow> last = rows.lastOf(session, life);
            positions.put(life, last.map(FeedRows.FeedRow::number).orElse(0L));
            last.ifPresent(row -> told.read(
                    new FeedPosition(life, row.number(), row.content().events().size())));
            highest = Math.max(highest, life);
        }
        positions.put(self, 0L); // never read
        highest = Math.max(highest, self);
        told.keep(positions.keySet());
    }

    @Override
    public boolean commit(Session session) throws SQLException {
        return rows.commitFinding(session, others(), highest);
    }

    private Map<Integer, Long> others() {
        Map<Integer, Long> others = new TreeMap<>(positions);
        others.remove(self);
        return others;
    }

    @Override
    public RemoteCommits read(Session session) throws SQLException {
        fresh.clear();
        List<FeedRows.FeedRow> found = rows.behind(session, others(), highest);
        if (found.isEmpty()) {
            return RemoteCommits.NOTHING;
        }
        FeedContent.FeedNames names = names(session);
        Map<Integer, List<Committed>> changes = new TreeMap<>();
        List<Consumer<CommitListener>> news = new ArrayList<>();
        for (FeedRows.FeedRow row : found) {
            FeedContent content = row.content(names);
            changes.computeIfAbsent(row.incarnation(), any -> new ArrayList<>()).addAll(content.changes());
            news.addAll(content.news());
            fresh.merge(row.incarnation(), row.number(), Math::max);
            for (Committed change : content.changes()) {
                note(session, change);
            }
        }
        return new RemoteCommits(List.copyOf(changes.values()), news);
    }

    private void note(Session session, Committed change) throws SQLException {
        JobSummary before = change.before();
        if (leadership.isMine()) {
            running.follow(session, before, change.after());
        }
        if (before == null || before.status().isFinished()) {
            needed.revived(change.after().id());
        }
    }

    @Override
    public void taken() {
        if (!fresh.isEmpty()) {
            times.incrementAndGet();
        }
        fresh.forEach((life, number) -> {
            while (highest < life) {
                positions.put(++highest, 0L); // also for an incarnation that began earlier and has not written yet
            }
            positions.put(life, number);
        });
        fresh.clear();
    }

    @Override
    public long times() {
        return times.get();
    }

    @Override
    public List<Committed> placed(List<Committed> changes) {
        return RemoteCommits.placed(changes, told, positions.keySet());
    }

    /**
     * Removes the ended incarnations, that is, those that are not among the living and began before the last of them. All their rows have
     * been read.
     */
    public void forgetAllBut(Set<UUID> living) {
        Set<Integer> numbers =
                living.stream().map(id -> lives.life(id).number()).collect(Collectors.toSet());
        int last = Collections.max(numbers);
        positions.keySet().removeIf(life -> life < last && life != self && !numbers.contains(life));
    }

    private FeedContent.FeedNames names(Session session) {
        return new FeedContent.FeedNames() {
            @Override
            public LaneKey lane(int number) throws SQLException {
                return lanes.lane(session, number);
            }

            @Override
            public UUID life(int number) {
                return lives.life(number).id();
            }
        };
    }
}
