// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.feed.HistoryText.HistoryLine;
import io.jobyard.store.jpa.feed.HistoryText.HistoryOrigin;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.rows.HandlerTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Histories of jobs, as the committer writes them: in the row of the job, which every change writes anyway. If a text gets too long, its
 * oldest lines move to a page. The latest texts are cached with their versions. Only for the committer's thread.
 */
public final class HistoryTable {

    /** Maximum length in characters of a history in its job's row; a longer one goes to a page. One line may be longer. */
    static final int BOUND = 1_500;

    private static final int REMEMBERED = 2_048;
    private static final String READ = "SELECT id, version, trail FROM job WHERE id IN (?)";
    private static final String PAGE = "INSERT INTO trail_page (job_id, page, body) VALUES (?,?,?)";

    /** History text in the row of a job at this version. */
    private record KnownText(int version, String text) {}

    private final Incarnations lives;
    private final HandlerTable handlers;
    private final Map<JobId, KnownText> fresh = new HashMap<>();
    private final Map<JobId, KnownText> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, KnownText> eldest) {
            return size() > REMEMBERED;
        }
    };

    public HistoryTable(Incarnations lives, HandlerTable handlers) {
        this.lives = lives;
        this.handlers = handlers;
    }

    /** Returns the text in the row of a new job, which may start in the same transaction. */
    public String begin(Session session, StoredJob job, HistoryEvent event, @Nullable Move start) throws SQLException {
        String first = line(session, null, job, event);
        if (start == null) {
            return first;
        }
        remember(job.id(), job.version(), first);
        Next next = after(session, start);
        won(session, start, next);
        return next.row();
    }

    /** Reads the histories of these jobs that are not cached, before the jobs change. */
    public void read(Session session, Collection<StoredJob> jobs) throws SQLException {
        Set<JobId> seen = new HashSet<>(); // a second change of a job finds its text in the cache
        List<JobId> missing = jobs.stream()
                .filter(job ->
                        seen.add(job.id()) && latest(job.id(), job.books().version()) == null)
                .map(StoredJob::id)
                .toList();
        session.in(READ, missing, row -> {
            remember(Ids.first(row), row.getInt(2), row.getString(3));
            return row;
        });
    }

    /** Caches a text that the current transaction has read from its row. */
    public void remember(JobId id, int version, String text) {
        fresh.put(id, new KnownText(version, text));
    }

    /**
     * Texts after a move.
     *
     * @param row text in the row of the job
     * @param page text that moves to a page; null for none
     */
    public record Next(String row, @Nullable String page) {}

    /** Returns the text in the row after a move, and the text that moves to a page. */
    public Next after(Session session, Move move) throws SQLException {
        StoredJob before = move.before();
        KnownText row = latest(before.id(), before.books().version());
        if (row == null) {
            read(session, List.of(before));
            row = latest(before.id(), before.books().version());
        }
        String text = row == null
                ? ""
                : row.text(); // without a text, the job has changed meanwhile, and the move is not stored
        String line = move.event() == null ? "" : line(session, before, move.after(), move.event());
        boolean full = !text.isEmpty() && !line.isEmpty() && text.length() + line.length() > BOUND;
        return full ? new Next(line, text) : new Next(text + line, null);
    }

    private @Nullable KnownText latest(JobId id, int version) {
        KnownText row = fresh.containsKey(id) ? fresh.get(id) : known.get(id);
        return row == null || row.version() != version ? null : row;
    }

    /** Caches the texts of a stored move. */
    public void won(Session session, Move move, Next next) throws SQLException {
        JobId id = move.before().id();
        if (next.page() != null) {
            int last = move.before().books().version();
            session.batch(PAGE).id(id).number(last).text(next.page()).add();
        }
        fresh.put(id, new KnownText(move.books().version(), next.row()));
    }

    private String line(Session session, @Nullable StoredJob before, StoredJob after, HistoryEvent event)
            throws SQLException {
        HistoryText.HistoryNumbers numbers = new HistoryText.HistoryNumbers() {
            @Override
            public int host(String name) {
                return lives.of(name, before, after).number();
            }

            @Override
            public int handler(HandlerName handler) throws SQLException {
                return handlers.number(session, handler);
            }
        };
        HistoryLine entry = new HistoryLine(after.books().version(), event);
        return HistoryText.line(entry, origin(after), numbers);
    }

    static HistoryOrigin origin(StoredJob job) {
        return new HistoryOrigin(job.job().createdAt(), job.job().submitter());
    }

    public static void run(Session session) throws SQLException {
        session.batch(PAGE).later();
    }

    public void committed() {
        known.putAll(fresh);
        fresh.clear();
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the cached texts of the transaction are dropped. */
    public void rolledBack() {
        fresh.clear();
    }
}
