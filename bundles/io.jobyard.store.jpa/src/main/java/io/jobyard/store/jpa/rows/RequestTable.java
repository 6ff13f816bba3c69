// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Submission;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests with a request key, which are executed only once. Only the committer writes them; any thread may read them. */
public final class RequestTable {

    private static final String THIS_ONE = " WHERE submitter = ? AND request_key = ?";
    private static final String ONE =
            "SELECT submitter, request_key, fingerprint, done_at, until_at, answers FROM request" + THIS_ONE;
    private static final String IS_THERE = "SELECT until_at FROM request" + THIS_ONE;
    private static final String INSERT =
            "INSERT INTO request (fingerprint, done_at, until_at, answers, submitter, request_key) VALUES (?,?,?,?,?,?)";
    private static final String UNLESS_THERE = " ON CONFLICT (submitter, request_key) DO NOTHING";
    private static final String AGAIN = "UPDATE request SET fingerprint = ?, done_at = ?, until_at = ?, answers = ?"
            + THIS_ONE + " AND until_at <= ?";
    private static final String OLD = "SELECT submitter, request_key FROM request WHERE until_at <= ?"
            + " ORDER BY until_at FETCH FIRST ? ROWS ONLY";
    private static final String DELETE = "DELETE FROM request" + THIS_ONE + " AND until_at <= ?";

    private static final String BEGUN_THEN = THIS_ONE + " AND done_at = ?";
    private static final String ANSWER = "UPDATE request SET answers = ?" + BEGUN_THEN;
    private static final String WITHDRAW = "DELETE FROM request" + BEGUN_THEN;

    private record RequestKey(String submitter, String key) {}

    private RequestTable() {}

    /** Stores the requests that are not stored yet, and returns them. */
    public static Set<KeptRequest> keep(Session session, Collection<KeptRequest> requests, boolean isShared)
            throws SQLException {
        Set<KeptRequest> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        for (KeptRequest request : requests) {
            if (isAgain(session, request) || isNew(session, request, isShared)) {
                kept.add(request);
            }
        }
        return kept;
    }

    private static boolean isAgain(Session session, KeptRequest request) throws SQLException {
        PreparedStatement update = session.query(AGAIN);
        write(update, request);
        update.setLong(7, Utc.micros(request.at()));
        return update.executeUpdate() == 1;
    }

    private static boolean isNew(Session session, KeptRequest request, boolean isShared) throws SQLException {
        boolean isThere = !session.list(IS_THERE, row -> true, request.submitter(), request.key())
                .isEmpty();
        if (isThere) {
            return false;
        }
        PreparedStatement insert = session.query(isShared ? INSERT + UNLESS_THERE : INSERT);
        write(insert, request);
        return insert.executeUpdate() == 1;
    }

    private static void write(PreparedStatement row, KeptRequest request) throws SQLException {
        row.setString(1, request.fingerprint());
        row.setLong(2, Utc.micros(request.at()));
        row.setLong(3, Utc.micros(request.until()));
        row.setString(4, request.answer() == null ? text(request.answers()) : request.answer());
        row.setString(5, request.submitter());
        row.setString(6, request.key());
    }

    /** Stores the answer to a request; deletes the request if the answer is null. */
    public static void settle(Session session, KeptRequest begun, @Nullable String answer) throws SQLException {
        PreparedStatement row = session.query(answer == null ? WITHDRAW : ANSWER);
        int at = 1;
        if (answer != null) {
            row.setString(at++, answer);
        }
        row.setString(at++, begun.submitter());
        row.setString(at++, begun.key());
        row.setLong(at, Utc.micros(begun.at()));
        row.executeUpdate();
    }

    public static Optional<KeptRequest> find(Session session, String submitter, String key) throws SQLException {
        return session.list(ONE, RequestTable::read, submitter, key).stream().findFirst();
    }

    /** Deletes the oldest requests whose retention has ended. Returns their number. */
    public static int forget(Session session, Instant until, int limit) throws SQLException {
        List<RequestKey> old =
                session.list(OLD, row -> new RequestKey(row.getString(1), row.getString(2)), until, limit);
        StatementBatch delete = session.batch(DELETE);
        for (RequestKey key : old) {
            delete.text(key.submitter()).text(key.key()).instant(until).add();
        }
        delete.run();
        return old.size();
    }

    private static KeptRequest read(ResultSet row) throws SQLException {
        String answer = row.getString(6);
        boolean isSubmit = !answer.startsWith("{");
        return new KeptRequest(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Utc.present(row, 4),
                Utc.present(row, 5),
                isSubmit ? answer.lines().map(RequestTable::answer).toList() : List.of(),
                isSubmit ? null : answer);
    }

    /** Returns the answers as text, one per line. */
    private static String text(List<Submission> answers) {
        return answers.stream()
                .map(answer ->
                        answer.id() + " " + answer.status().text() + " " + answer.duplicate() + " " + answer.replaced())
                .collect(Collectors.joining("\n"));
    }

    private static Submission answer(String line) {
        String[] parts = line.split(" ");
        return new Submission(
                JobId.of(parts[0]),
                JobStatus.of(parts[1]),
                Boolean.parseBoolean(parts[2]),
                Boolean.parseBoolean(parts[3]));
    }
}
