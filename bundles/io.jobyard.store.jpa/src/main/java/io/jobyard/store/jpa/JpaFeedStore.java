// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.FeedPage;
import io.jobyard.store.jpa.feed.FeedPosition;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.feed.FeedVector;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Change feed. The threads for searches read it; the committer removes its old rows between two commits. */
final class JpaFeedStore implements FeedStore {

    /** Maximum number of rows to remove at once, so that a commit is not noticeably delayed. */
    private static final int SLICE = 100;

    private record EventPage(
            List<JobEvent> events,
            boolean isPlaced,
            @Nullable Instant cutBefore) {}

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final ReadPool searchers;
    private final FeedRows rows;
    private final Incarnations lives;
    private final boolean isShared;

    JpaFeedStore(
            Inbox inbox,
            CommitterConnection commits,
            ReadPool searchers,
            FeedRows rows,
            Incarnations lives,
            boolean isShared) {
        this.inbox = inbox;
        this.commits = commits;
        this.searchers = searchers;
        this.rows = rows;
        this.lives = lives;
        this.isShared = isShared;
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        FeedVector vector = FeedVector.of(after).orElseThrow(() -> noCursor(after));
        EventPage page = searchers.ask(session -> page(session, vector, limit));
        if (!page.isPlaced()) {
            throw noCursor(after);
        }
        if (page.cutBefore() != null) {
            throw new CursorExpiredException(
                    "events after " + after + " are no longer stored: the stored events begin at "
                            + page.cutBefore()
                            + "; get the newest cursor, read the current state of the jobs, and continue from that cursor");
        }
        return page.events();
    }

    private static ValidationException noCursor(EventCursor cursor) {
        return new ValidationException(
                "invalid cursor '" + cursor + "' for this store; use the cursor of an event, for example 12-345-1");
    }

    private EventPage page(Session session, FeedVector after, int limit) throws SQLException {
        for (FeedPosition position : after.positions().values()) {
            if (!exists(session, position)) {
                return new EventPage(List.of(), false, null);
            }
        }
        Set<Integer> living = living(session);
        List<JobEvent> events = new FeedPage(session, rows, after.copy(), living, isShared).read(limit);
        boolean isCut = !after.isEmpty() && FeedPage.isCut(session, rows, after);
        return new EventPage(events, true, isCut ? oldest(session) : null);
    }

    private Instant oldest(Session session) throws SQLException {
        return rows.oldest(session).map(FeedRows.FeedRow::committed).orElse(Instant.EPOCH);
    }

    /** Returns whether the position can exist. Also returns true if this host does not know the position's commit yet. */
    private boolean exists(Session session, FeedPosition position) throws SQLException {
        return position.incarnation() <= lives.highest()
                && position.number()
                        <= Math.max(
                                rows.lastNumber(session, position.incarnation()),
                                living(session).contains(position.incarnation()) ? 0 : Long.MAX_VALUE);
    }

    private Set<Integer> living(Session session) throws SQLException {
        return lives.living(session);
    }

    @Override
    public EventCursor newest() {
        return searchers.ask(session -> rows.newest(session, living(session)).cursor());
    }

    @Override
    public CompletableFuture<Boolean> cut(Instant before, long mostBytes) {
        List<FeedRows.FeedRow> slice = searchers.ask(session -> slice(session, before, mostBytes));
        if (slice.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        inbox.put(new CommitterTask(() -> commits.ask(session -> deleted(session, slice)), future));
        return future.thenApply(done -> slice.size() == SLICE);
    }

    /**
     * Returns the first rows of the incarnation with the oldest first row. The last row of an incarnation that may still write, and the
     * last row of all, are never removed.
     */
    private List<FeedRows.FeedRow> slice(Session session, Instant before, long mostBytes) throws SQLException {
        Set<Integer> living = living(session);
        List<Integer> all = rows.lives(session, 0);
        long total = 0;
        List<FeedRows.FeedRow> oldest = List.of();
        for (int life : all) {
            List<FeedRows.FeedRow> first = rows.oldest(session, life, SLICE);
            if (first.isEmpty()) {
                continue;
            }
            FeedRows.FeedRow last = last(session, first, SLICE);
            total += bytes(first.get(0), last);
            boolean stays = living.contains(life) || life == all.get(all.size() - 1);
            List<FeedRows.FeedRow> may = first.stream()
                    .filter(row -> !stays || row.number() < last.number())
                    .toList();
            boolean isOlder = oldest.isEmpty()
                    || !may.isEmpty()
                            && may.get(0).committed().isBefore(oldest.get(0).committed());
            oldest = isOlder ? may : oldest;
        }
        List<FeedRows.FeedRow> slice = new ArrayList<>();
        for (FeedRows.FeedRow row : oldest) {
            if (!row.committed().isBefore(before) && total <= mostBytes) {
                break;
            }
            slice.add(row);
            total -= row.bytes();
        }
        return slice;
    }

    /**
     * Returns the last row of an incarnation whose first rows were read.
     *
     * @param limit maximum number of rows that were read
     */
    private FeedRows.FeedRow last(Session session, List<FeedRows.FeedRow> first, int limit) throws SQLException {
        FeedRows.FeedRow known = first.get(first.size() - 1);
        return first.size() < limit
                ? known
                : rows.lastOf(session, known.incarnation()).orElse(known);
    }

    /** Returns the size of an incarnation's rows in bytes. Each row contains the total up to and including itself. */
    private static long bytes(FeedRows.FeedRow first, FeedRows.FeedRow last) {
        return last.total() - first.total() + first.bytes();
    }

    private static boolean deleted(Session session, List<FeedRows.FeedRow> rows) throws SQLException {
        FeedRows.delete(session, rows);
        return true;
    }

    @Override
    public FeedSize size() {
        return searchers.ask(session -> {
            long bytes = 0;
            Instant since = null;
            for (int life : rows.lives(session, 0)) {
                List<FeedRows.FeedRow> first = rows.oldest(session, life, 1);
                if (!first.isEmpty()) {
                    bytes += bytes(first.get(0), last(session, first, 1));
                    Instant begin = first.get(0).committed();
                    since = since == null || begin.isBefore(since) ? begin : since;
                }
            }
            return new FeedSize(bytes, since);
        });
    }
}
