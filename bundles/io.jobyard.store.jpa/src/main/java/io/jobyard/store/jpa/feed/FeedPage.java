// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Page of events after a position. The events of each incarnation are in order. Incarnations that ran at the same time are merged by commit
 * time; others follow one another.
 */
public final class FeedPage {

    /** Number of rows per read: a few hundred kilobytes. */
    private static final int ROWS = 50;

    /** Unread rows of one incarnation. */
    private static final class LifeSource {

        final int life;
        final Deque<FeedRows.FeedRow> rows = new ArrayDeque<>();

        LifeSource(int life) {
            this.life = life;
        }
    }

    private final Session session;
    private final FeedRows rows;
    private final FeedVector vector;
    private final Set<Integer> living;
    private final List<JobEvent> events = new ArrayList<>();
    private final PriorityQueue<LifeSource> sources;

    /** Reads a page after the position of the vector, and advances the vector. */
    public FeedPage(Session session, FeedRows rows, FeedVector vector, Set<Integer> living, boolean isShared) {
        this.session = session;
        this.rows = rows;
        this.vector = vector;
        this.living = living;
        Comparator<LifeSource> byLife = Comparator.comparingInt(source -> source.life);
        Comparator<LifeSource> byTime =
                Comparator.comparing(source -> source.rows.element().committed());
        sources = new PriorityQueue<>(isShared ? byTime.thenComparing(byLife) : byLife);
    }

    public List<JobEvent> read(int limit) throws SQLException {
        int first = vector.isEmpty() ? 0 : vector.positions().firstKey();
        for (int life : rows.lives(session, first)) {
            if (!vector.isPast(life)) {
                add(new LifeSource(life), vector.of(life).number());
            }
        }
        while (!sources.isEmpty() && events.size() < limit) {
            LifeSource source = sources.remove();
            FeedRows.FeedRow row = source.rows.remove();
            take(row, limit);
            if (source.rows.isEmpty()) {
                add(source, row.number() + 1);
            } else {
                sources.add(source);
            }
        }
        return events;
    }

    private void add(LifeSource source, long from) throws SQLException {
        source.rows.addAll(rows.of(session, source.life, from, ROWS));
        if (!source.rows.isEmpty()) {
            sources.add(source);
        }
    }

    private void take(FeedRows.FeedRow row, int limit) {
        FeedPosition read = vector.of(row.incarnation());
        List<JobEvent> all = row.content().events();
        int begin = read.number() == row.number() ? Math.min(read.index(), all.size()) : 0;
        for (int n = begin; n < all.size() && events.size() < limit; n++) {
            vector.read(new FeedPosition(row.incarnation(), row.number(), n + 1));
            vector.keep(readOn(row.incarnation()));
            JobEvent event = all.get(n);
            events.add(new JobEvent(
                    vector.cursor(), event.job(), event.type(), event.submitter(), event.queue(), event.change()));
        }
    }

    /** Removes incarnations that have ended and have no unread rows, except the current one, which may have more rows after the page. */
    private Set<Integer> readOn(int atHand) {
        Set<Integer> lives = new TreeSet<>(living);
        lives.add(atHand);
        sources.forEach(source -> lives.add(source.life));
        return lives;
    }

    /** Returns whether rows after a position have already been removed. Call it after the page is read. */
    public static boolean isCut(Session session, FeedRows rows, FeedVector vector) throws SQLException {
        List<Integer> lives = rows.lives(session, vector.positions().firstKey());
        for (int life : lives) {
            Optional<FeedRows.FeedRow> first =
                    rows.of(session, life, 0, 1).stream().findFirst();
            FeedPosition before = first.map(row -> row.content().before()).orElse(FeedPosition.START);
            boolean tells = before.incarnation() == life || !lives.contains(before.incarnation());
            if (tells && !vector.isPast(life) && isMissed(before, vector)) {
                return true;
            }
        }
        return lives.isEmpty();
    }

    private static boolean isMissed(FeedPosition event, FeedVector vector) {
        int life = event.incarnation();
        boolean isEarlier = life < vector.positions().firstKey() || vector.isPast(life);
        return !isEarlier && vector.of(life).compareTo(event) < 0;
    }
}
