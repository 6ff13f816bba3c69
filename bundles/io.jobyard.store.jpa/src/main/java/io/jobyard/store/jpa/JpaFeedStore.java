// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.following.FeedSize;
import io.jobyard.api.spi.following.FeedStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads the feed with the searches' readers, and cuts it between two commits. */
final class JpaFeedStore implements FeedStore {

    /** A page of a few hundred kilobytes. */
    private static final int PAGE = 50;
    /** Few enough that a commit does not wait noticeably. */
    private static final int SLICE = 100;

    private record Page(List<JobEvent> events, FeedRows.@Nullable Row first, boolean placed) {}

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final Readers searchers;
    private final FeedRows rows;
    private final FeedTable table;

    JpaFeedStore(Inbox inbox, CommitterConnection commits, Readers searchers, FeedRows rows, FeedTable table) {
        this.inbox = inbox;
        this.commits = commits;
        this.searchers = searchers;
        this.rows = rows;
        this.table = table;
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        FeedPlace place = FeedPlace.of(after).orElseThrow(() -> noCursor(after));
        Page page = searchers.ask(session -> page(session, place, limit));
        if (!page.placed()) {
            throw noCursor(after);
        }
        FeedRows.Row first = page.first();
        if (!after.equals(EventCursor.START)
                && (first == null || place.compareTo(first.content().before()) < 0)) {
            throw new CursorExpiredException(
                    "events after " + after + " are not kept any more"
                            + (first == null ? "" : ", those since " + first.committed() + " are")
                            + "; take the newest cursor (job:export --what cursor), read how the jobs are now, and go on from that cursor");
        }
        return page.events();
    }

    private static ValidationException noCursor(EventCursor cursor) {
        return new ValidationException(
                "'" + cursor + "' is no cursor of this store's; use one that an event had, such as 12-345-1");
    }

    /** The first row is read last: whatever is cut meanwhile is behind the page that was read, or tells that it is missing. */
    private Page page(Session session, FeedPlace after, int limit) throws SQLException {
        if (after.compareTo(table.end().place()) > 0 && !exists(session, after)) {
            return new Page(List.of(), null, false);
        }
        List<JobEvent> events = new ArrayList<>();
        List<FeedRows.Row> found = rows.from(session, after.incarnation(), after.number(), PAGE);
        while (!found.isEmpty() && events.size() < limit) {
            for (FeedRows.Row row : found) {
                List<JobEvent> all = row.content().events();
                boolean here = row.incarnation() == after.incarnation() && row.number() == after.number();
                events.addAll(here ? all.subList(Math.min(after.index(), all.size()), all.size()) : all);
            }
            FeedRows.Row last = found.get(found.size() - 1);
            found = rows.from(session, last.incarnation(), last.number() + 1, PAGE);
        }
        return new Page(
                List.copyOf(events.subList(0, Math.min(limit, events.size()))),
                rows.first(session).orElse(null),
                true);
    }

    /** Whether a commit wrote it of which this host does not know yet that it was made. */
    private boolean exists(Session session, FeedPlace place) throws SQLException {
        return rows.from(session, place.incarnation(), place.number(), 1).stream()
                .anyMatch(row -> row.incarnation() == place.incarnation() && row.number() == place.number());
    }

    @Override
    public EventCursor newest() {
        return table.end().place().cursor();
    }

    @Override
    public CompletableFuture<Boolean> cut(Instant before, long mostBytes) {
        FeedTable.End end = table.end();
        List<FeedRows.Row> slice = searchers.ask(session -> rows.oldest(session, SLICE)).stream()
                .takeWhile(row -> row.total() < end.total()) // so the last one stays
                .takeWhile(
                        row -> row.committed().isBefore(before) || end.total() - row.total() + row.bytes() > mostBytes)
                .toList();
        if (slice.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        inbox.put(new BetweenCommits(() -> commits.ask(session -> deleted(session, slice)), future));
        return future.thenApply(done -> slice.size() == SLICE);
    }

    private static boolean deleted(Session session, List<FeedRows.Row> rows) throws SQLException {
        FeedRows.delete(session, rows);
        return true;
    }

    @Override
    public FeedSize size() {
        Optional<FeedRows.Row> first = searchers.ask(rows::first);
        long bytes = first.map(row -> Math.max(row.bytes(), table.end().total() - row.total() + row.bytes()))
                .orElse(0L);
        return new FeedSize(bytes, first.map(FeedRows.Row::committed).orElse(null));
    }
}
