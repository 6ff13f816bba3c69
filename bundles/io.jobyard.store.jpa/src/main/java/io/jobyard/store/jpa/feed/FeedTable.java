// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.rows.RouteLookup;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Change feed. Each transaction adds one or a few rows with all its changes. The number of a row that was not committed is never used
 * again. Only the committer writes; any thread may read the end.
 */
public final class FeedTable {

    /**
     * End of the feed.
     *
     * @param position end of the last row
     * @param event position of the last event
     * @param total size in bytes of all rows, including removed rows
     */
    public record FeedReach(FeedPosition position, FeedPosition event, long total) {

        static final FeedReach NONE = new FeedReach(FeedPosition.START, FeedPosition.START, 0);

        public static FeedReach of(FeedRows.FeedRow row) {
            FeedContent content = row.content();
            FeedPosition end = new FeedPosition(
                    row.incarnation(), row.number(), content.events().size());
            return new FeedReach(end, content.events().isEmpty() ? content.before() : end, row.total());
        }
    }

    /**
     * The last row of a transaction, which shows whether the transaction was committed.
     *
     * @param at instant in the row
     */
    public record FeedMark(FeedPosition position, Instant at) {}

    /** Number of rows to read at once. A transaction normally writes fewer; otherwise the next read returns the rest. */
    private static final int MANY = 1_000;

    private final FeedRows rows;
    private final int incarnation;
    private final String insert;
    private final Clock clock;
    private final FeedBody body;
    private final RouteLookup routes;
    private final @Nullable FollowerNumbers followers;
    private long number;
    private boolean begun;
    private Instant now = Instant.EPOCH;
    private boolean inDoubt;
    private FeedReach fresh;
    private volatile FeedReach end;

    private FeedTable(
            FeedRows rows,
            IncarnationFence fence,
            Clock clock,
            int enough,
            RouteLookup routes,
            @Nullable FollowerNumbers followers,
            FeedReach end) {
        this.rows = rows;
        this.routes = routes;
        this.followers = followers;
        incarnation = fence.number();
        insert = fence.insert("feed", "number", "committed_at", "total", "body");
        this.clock = clock;
        body = new FeedBody(enough);
        this.end = end;
        this.fresh = end;
    }

    /**
     * Opens the feed after its existing rows, for an incarnation that has not written yet.
     *
     * @param enough size in bytes at which a row is closed
     * @param followers numbers for the data that other hosts need; null if no other host reads the feed
     */
    public static FeedTable open(
            Session session,
            FeedRows rows,
            IncarnationFence fence,
            Clock clock,
            int enough,
            RouteLookup routes,
            @Nullable FollowerNumbers followers)
            throws SQLException {
        Optional<FeedRows.FeedRow> last = rows.last(session);
        return new FeedTable(
                rows,
                fence,
                clock,
                enough,
                routes,
                followers,
                last.map(FeedReach::of).orElse(FeedReach.NONE));
    }

    /** Returns the end of the feed after the last commit. */
    public FeedReach end() {
        return end;
    }

    /** Adds a change. Returns its event; null if only the scheduling state changed. */
    @Nullable
    public JobEvent add(
            Session session,
            @Nullable StoredJob before,
            StoredJob after,
            boolean releases,
            @Nullable HistoryEvent change)
            throws SQLException {
        if (change == null) {
            beginRecord(session, body.takesBooks());
            body.addBooks(after);
            return null;
        }
        StandingChange told = followers == null ? null : followers.standing(session, before, after, releases);
        String routed = routes.routed(after);
        beginRecord(session, body.takes(after, routed, change));
        FeedPosition position = new FeedPosition(incarnation, number, body.add(after, routed, change, told));
        return new JobEvent(
                position.cursor(),
                after.id(),
                after.job().type(),
                after.job().submitter(),
                routed == null ? after.queue() : routed,
                change);
    }

    /** Adds the removals of jobs, for the search index and other hosts. */
    public void removed(Session session, List<StoredJob> jobs) throws SQLException {
        for (StoredJob job : jobs) {
            int lane = followers == null ? 0 : followers.lane(session, job); // only other hosts need the lane
            beginRecord(session, body.takes(job.queue()));
            body.addRemoved(job, lane);
        }
    }

    public void paused(Session session, Pause pause) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes(pause.target().text(), pause.by(), pause.reason()));
            body.addPause(pause);
        }
    }

    public void resumed(Session session, PauseTarget target) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes(target.text()));
            body.addResume(target);
        }
    }

    public void scheduled(Session session, String schedule) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes(schedule));
            body.addSchedule(schedule);
        }
    }

    public void identitiesChanged(Session session) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes());
            body.addIdentities();
        }
    }

    public void defined(Session session, LimitDefinition definition) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes(definition.kind().text(), definition.name(), definition.text()));
            body.addDefinition(definition);
        }
    }

    public void reported(Session session, UseReport report) throws SQLException {
        if (followers != null) {
            beginRecord(session, body.takes(FeedBody.word(report)));
            body.addUse(report);
        }
    }

    /** Begins a record in the current row, or in a new one if the current row has no space. */
    private void beginRecord(Session session, boolean hasRoom) throws SQLException {
        if (begun && !hasRoom) {
            close(session);
        }
        begin(session);
    }

    private void begin(Session session) throws SQLException {
        if (begun) {
            return;
        }
        if (inDoubt) {
            readEnd(session);
        }
        number++;
        now = clock.instant();
        body.begin(fresh.event(), now);
        begun = true;
    }

    private void close(Session session) throws SQLException {
        byte[] bytes = body.bytes();
        FeedPosition position = new FeedPosition(incarnation, number, body.events());
        fresh = new FeedReach(position, body.events() == 0 ? fresh.event() : position, fresh.total() + bytes.length);
        session.batch(insert)
                .number(number)
                .instant(now)
                .number(fresh.total())
                .bytes(bytes)
                .number(incarnation)
                .add();
        begun = false;
    }

    /**
     * Sends the rows of the transaction; a transaction without changes also writes one. Returns the last row, which shows whether the
     * transaction was committed.
     */
    public FeedMark run(Session session) throws SQLException {
        begin(session);
        close(session);
        session.batch(insert).later();
        return new FeedMark(fresh.position(), now);
    }

    public void committed() {
        end = fresh;
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the next transaction reads the end of the feed again. */
    public void rolledBack() {
        begun = false;
        inDoubt = true;
    }

    /**
     * Returns whether the transaction of this mark was committed. The result is certain, because no other thread writes and the last row is
     * never removed.
     */
    public boolean has(Session session, FeedMark mark) throws SQLException {
        readEnd(session);
        return end.position().compareTo(mark.position()) >= 0 && isOf(session, mark);
    }

    /** Takes the number of a missing row, so that a transaction that is still running can no longer write it. The caller commits. */
    public void take(Session session, FeedMark mark) throws SQLException {
        if (end.position().incarnation() == incarnation
                && end.position().number() >= mark.position().number()) {
            return;
        }
        number = mark.position().number();
        now = clock.instant();
        now = micros(now) == micros(mark.at()) ? now.plusMillis(1) : now; // a different time distinguishes the two rows
        body.begin(fresh.event(), now);
        begun = true;
        close(session);
        session.batch(insert).later();
    }

    private boolean isOf(Session session, FeedMark mark) throws SQLException {
        FeedPosition position = mark.position();
        return rows.of(session, position.incarnation(), position.number(), 1).stream()
                .anyMatch(row -> row.number() == position.number() && micros(row.committed()) == micros(mark.at()));
    }

    private static long micros(Instant time) {
        return Utc.micros(time);
    }

    private void readEnd(Session session) throws SQLException {
        long next = end.position().incarnation() == incarnation ? end.position().number() + 1 : 1;
        List<FeedRows.FeedRow> behind = rows.of(session, incarnation, next, MANY);
        while (!behind.isEmpty()) {
            end = FeedReach.of(behind.get(behind.size() - 1));
            behind = rows.of(session, incarnation, end.position().number() + 1, MANY);
        }
        fresh = end;
        inDoubt = false;
    }
}
