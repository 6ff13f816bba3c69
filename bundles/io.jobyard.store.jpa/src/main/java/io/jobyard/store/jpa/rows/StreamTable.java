// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams of jobs: numbered pieces, and their total length. Only the committer writes them; any thread may read them. */
public final class StreamTable {

    /** One for each run of a host: with fewer, thousands of runs would read their last rows before each write. */
    private static final int REMEMBERED = Slots.MOST_ASYNC;

    private static final String LAST = "SELECT number, up_to FROM job_stream WHERE job_id = ? AND number ="
            + " (SELECT MAX(number) FROM job_stream WHERE job_id = ?)";
    private static final String INSERT =
            "INSERT INTO job_stream (job_id, number, run, emitted_at, up_to, content) VALUES (?,?,?,?,?,?)";
    private static final String READ = "SELECT number, run, emitted_at, content FROM job_stream"
            + " WHERE job_id = ? AND number > ? ORDER BY job_id, number FETCH FIRST ? ROWS ONLY";

    /** End of a job's stream after this run. The next run may write on another host. */
    private record StreamEnd(int run, long number, long characters) {}

    private final Map<JobId, StreamEnd> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, StreamEnd> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<JobId, StreamEnd> fresh = new HashMap<>();

    /** Adds pieces. Returns them with their positions; empty if the stream would become too long, and then nothing is added. */
    public Optional<List<StreamPiece>> add(Session session, JobId job, int run, List<StreamPiece> pieces)
            throws SQLException {
        StreamEnd end = end(session, job, run);
        long more = pieces.stream().mapToLong(piece -> piece.text().length()).sum();
        if (end.characters() + more > WorkStore.MAX_STREAM_CHARACTERS) {
            return Optional.empty();
        }
        List<StreamPiece> placed = new ArrayList<>();
        long number = end.number();
        long characters = end.characters();
        for (StreamPiece piece : pieces) {
            characters += piece.text().length();
            session.batch(INSERT)
                    .id(job)
                    .number(++number)
                    .number(piece.run())
                    .instant(piece.at())
                    .number(characters)
                    .text(piece.text())
                    .add();
            placed.add(new StreamPiece(number, piece.run(), piece.at(), piece.text()));
        }
        fresh.put(job, new StreamEnd(run, number, characters));
        return Optional.of(placed);
    }

    private StreamEnd end(Session session, JobId job, int run) throws SQLException {
        StreamEnd end = fresh.containsKey(job) ? fresh.get(job) : known.get(job);
        if (end != null && (end.run() == run || fresh.containsKey(job))) {
            return end;
        }
        return session.list(LAST, row -> new StreamEnd(run, row.getLong(1), row.getLong(2)), job, job).stream()
                .findFirst()
                .orElse(new StreamEnd(run, 0, 0));
    }

    public void run(Session session) throws SQLException {
        if (!fresh.isEmpty()) {
            session.batch(INSERT).later();
        }
    }

    public void committed() {
        known.putAll(fresh);
        fresh.clear();
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the next transaction reads the end of the stream again. */
    public void rolledBack() {
        known.keySet().removeAll(fresh.keySet());
        fresh.clear();
    }

    public static List<StreamPiece> read(Session session, JobId job, long after, int limit) throws SQLException {
        return session.list(
                READ,
                row -> new StreamPiece(row.getLong(1), row.getInt(2), Utc.present(row, 3), row.getString(4)),
                job,
                after,
                limit);
    }
}
