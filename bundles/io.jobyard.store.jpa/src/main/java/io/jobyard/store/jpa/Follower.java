// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
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
 * Reads on in the feed where other hosts write it: how far it has come in each life's rows. Whoever commits and then reads has all on
 * which the commit rests: each change and its row of the feed are one commit, and a life makes one commit after the other. For the
 * committer's thread.
 */
final class Follower {

    private final FeedRows rows;
    private final LaneTable lanes;
    private final Lives lives;
    private final RunningTable running;
    private final NeededDependencies needed;
    private final Stewardship stewardship;
    private final int self;

    /** The last row that was read of each life that may write more, this host's own among them, of which none is ever read. */
    private final Map<Integer, Long> places = new HashMap<>();

    private final Map<Integer, Long> fresh = new HashMap<>();
    private final FeedVector told = FeedVector.start();
    private final AtomicLong times = new AtomicLong();
    private int highest;

    Follower(
            FeedRows rows,
            LaneTable lanes,
            Lives lives,
            RunningTable running,
            NeededDependencies needed,
            Stewardship stewardship,
            int self) {
        this.needed = needed;
        this.rows = rows;
        this.lanes = lanes;
        this.lives = lives;
        this.running = running;
        this.stewardship = stewardship;
        this.self = self;
    }

    /** Begins behind all that is there. */
    void begin(Session session) throws SQLException {
        for (UUID id : Incarnation.living(session)) {
            int life = lives.life(id).number();
            Optional<FeedRows.Row> last = rows.lastOf(session, life);
            places.put(life, last.map(FeedRows.Row::number).orElse(0L));
            last.ifPresent(row -> told.read(
                    new FeedPlace(life, row.number(), row.content().events().size())));
            highest = Math.max(highest, life);
        }
        places.put(self, 0L); // is not read
        highest = Math.max(highest, self);
        told.keep(places.keySet());
    }

    /** What is new. */
    Followed read(Session session) throws SQLException {
        fresh.clear();
        Map<Integer, Long> others = new HashMap<>(places);
        others.remove(self);
        List<FeedRows.Row> found = rows.behind(session, others, highest);
        if (found.isEmpty()) {
            return Followed.NOTHING;
        }
        FeedContent.Names names = names(session);
        Map<Integer, List<Committed>> changes = new TreeMap<>();
        List<Consumer<CommitListener>> news = new ArrayList<>();
        for (FeedRows.Row row : found) {
            FeedContent content = row.content(names);
            changes.computeIfAbsent(row.incarnation(), any -> new ArrayList<>()).addAll(content.changes());
            news.addAll(content.news());
            fresh.merge(row.incarnation(), row.number(), Math::max);
            for (Committed change : content.changes()) {
                note(session, change);
            }
        }
        return new Followed(List.copyOf(changes.values()), news);
    }

    private void note(Session session, Committed change) throws SQLException {
        JobSummary before = change.before();
        if (stewardship.isMine()) {
            running.follow(session, before, change.after());
        }
        if (before == null || before.status().isFinal()) {
            needed.revived(change.after().id());
        }
    }

    /** What was read will be told: whatever fails before that is read again. */
    void taken() {
        if (!fresh.isEmpty()) {
            times.incrementAndGet();
        }
        fresh.forEach((life, number) -> {
            while (highest < life) {
                places.put(++highest, 0L); // also of one that began earlier, and has written nothing yet
            }
            places.put(life, number);
        });
        fresh.clear();
    }

    /** How many times something new was taken. For any thread. */
    long times() {
        return times.get();
    }

    /** What the listeners are told, in the order in which they are: each event with the place of all hosts' events. */
    List<Committed> placed(List<Committed> changes) {
        return Followed.placed(changes, told, places.keySet());
    }

    /** Those that began before the last of these, and are not among them, have ended: all of them was read. */
    void forgetAllBut(Set<UUID> living) {
        Set<Integer> numbers =
                living.stream().map(id -> lives.life(id).number()).collect(Collectors.toSet());
        int last = Collections.max(numbers);
        places.keySet().removeIf(life -> life < last && life != self && !numbers.contains(life));
    }

    private FeedContent.Names names(Session session) {
        return new FeedContent.Names() {
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
