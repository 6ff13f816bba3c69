// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.feed.FeedPage;
import io.jobyard.store.jpa.feed.FeedPosition;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.feed.FeedState;
import io.jobyard.store.jpa.feed.FeedStates;
import io.jobyard.store.jpa.feed.FeedVector;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of maintenance of the search index: follow the feed, and add jobs that are older than the index. Only for the thread of the index.
 */
public final class IndexRounds {

    private static final Logger LOG = LoggerFactory.getLogger(IndexRounds.class);

    /** Maximum number of jobs in one transaction, so that searches do not wait long. One row of the feed may exceed it. */
    private static final int SLICE = 2_000;

    /** Number of older jobs per transaction. It is small, because older jobs are less urgent. */
    private static final int FILLED = 500;

    private final BlockCache kept;
    private final BlockPreload early;
    private final FeedRows feed;
    private final Incarnations lives;
    private final Leadership leadership;
    private final String toFill;
    private @Nullable SearchIndex index;
    private @Nullable IndexProgress progress;
    /** Rows of the feed that were read and are not in the index yet. */
    private final Deque<FeedRows.FeedRow> ahead = new ArrayDeque<>();
    /** Incarnations that may still write. */
    private Set<Integer> living = Set.of();

    private boolean isAll;
    /** Blocks that the current transaction changes. */
    private final Set<Integer> written = new HashSet<>();

    public IndexRounds(
            StoreDialect dialect, BlockCache kept, FeedRows feed, Incarnations lives, Leadership leadership) {
        this.kept = kept;
        early = new BlockPreload(kept);
        this.feed = feed;
        this.lives = lives;
        this.leadership = leadership;
        toFill = IndexedJob.before(dialect.withIndex("job_id"));
    }

    /** Drops the state in memory, because another host may have changed the index or a transaction has failed. */
    void forget() {
        index = null;
        progress = null;
        ahead.clear();
        written.clear();
        kept.forget();
        early.forget();
    }

    /** Follows the feed to its end. Returns false if another host maintains the index from now on. */
    boolean follow(Session session) throws SQLException {
        boolean more = true;
        while (more) {
            if (!leadership.hold(session)) {
                session.connection().rollback();
                forget();
                return false;
            }
            more = step(session);
            commit(session);
        }
        return true;
    }

    private void commit(Session session) throws SQLException {
        session.connection().commit();
        kept.changed(written);
        written.clear();
    }

    private boolean step(Session session) throws SQLException {
        IndexProgress known = begun(session);
        if (ahead.isEmpty()) {
            living = lives.living(
                    session); // must precede the rows: an incarnation that has ended now writes no later rows
            ahead.addAll(feed.some(session, known.cursor()));
            isAll = ahead.size() < FeedRows.MANY;
        }
        if (!ahead.isEmpty()) {
            take(session, known);
        }
        return !ahead.isEmpty() || !isAll;
    }

    private void take(Session session, IndexProgress known) throws SQLException {
        FeedVector cursor = known.cursor().copy();
        Map<JobId, FeedState> changed = new LinkedHashMap<>();
        while (!ahead.isEmpty() && changed.size() < SLICE) {
            read(ahead.remove(), cursor, changed);
        }
        if (ahead.isEmpty() && isAll) {
            cursor.keep(living);
        } else if (leadership.isShared()) { // changes of the previous leader may follow
            changed.replaceAll((id, state) -> state.unsure());
        }
        SearchIndex current = index(session);
        current.changed(session, changed.values(), known.unfilled());
        written.addAll(current.write(session));
        write(session, new IndexProgress(cursor, known.unfilled()));
    }

    private static void read(FeedRows.FeedRow row, FeedVector cursor, Map<JobId, FeedState> changed) {
        FeedStates content = row.states();
        content.states().forEach(state -> changed.merge(state.job(), state, FeedState::and));
        int last = cursor.isEmpty() ? 0 : cursor.positions().lastKey();
        for (int life = last + 1; life < row.incarnation(); life++) {
            cursor.read(new FeedPosition(life, 0, 0)); // the incarnation may still write
        }
        cursor.read(new FeedPosition(row.incarnation(), row.number(), content.events()));
    }

    private IndexProgress begun(Session session) throws SQLException {
        IndexProgress known = progress;
        if (known == null) {
            Optional<IndexProgress> stored = IndexProgress.read(session);
            known = stored.isPresent() && !isCut(session, stored.get()) ? stored.get() : anew(session, stored);
            progress = known;
        }
        return known;
    }

    /** Returns whether unread rows of the feed have been removed. */
    private boolean isCut(Session session, IndexProgress stored) throws SQLException {
        return !stored.cursor().isEmpty() && FeedPage.isCut(session, feed, stored.cursor());
    }

    private IndexProgress anew(Session session, Optional<IndexProgress> stored) throws SQLException {
        List<BlockHeader> blocks = kept.tables().headers(session);
        if (stored.isPresent() || !blocks.isEmpty()) {
            LOG.info(
                    "Rebuilding the search index: reason={}",
                    stored.isPresent()
                            ? "the feed no longer has the events after the index's position"
                            : "the index's position is unknown");
            blocks.forEach(block -> written.add(block.number()));
            BlockTables.clear(session);
        }
        IndexProgress begun = new IndexProgress(feed.newest(session, lives.living(session)), Ids.GREATEST);
        begun.write(session, stored.isPresent());
        return begun;
    }

    private SearchIndex index(Session session) throws SQLException {
        SearchIndex current = index;
        if (current == null) {
            current = SearchIndex.open(session, kept.tables());
            index = current;
        }
        return current;
    }

    private void write(Session session, IndexProgress now) throws SQLException {
        now.write(session, true);
        progress = now;
    }

    /** Adds some older jobs. Returns whether more remain. */
    boolean fill(Session session) throws SQLException {
        IndexProgress known = progress;
        if (known == null || known.unfilled() == null) {
            return false;
        }
        if (!leadership.hold(session)) {
            session.connection().rollback();
            forget();
            return false;
        }
        List<IndexedJob> jobs =
                session.list(toFill, IndexedJob::read, Objects.requireNonNull(known.unfilled()), FILLED);
        SearchIndex current = index(session);
        current.fill(session, jobs);
        written.addAll(current.write(session));
        JobId last = jobs.size() < FILLED ? null : jobs.get(jobs.size() - 1).id();
        write(session, new IndexProgress(known.cursor(), last));
        commit(session);
        return last != null;
    }

    /** Reads some blocks before a search needs them. Returns whether more remain. */
    boolean readEarly(Session session) throws SQLException {
        IndexProgress known = progress;
        if (known == null || !known.isFilled()) {
            return false;
        }
        boolean more = early.read(session);
        session.connection().commit();
        return more;
    }
}
