// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts of a job. Small texts are stored in the row of the job, large ones in a separate table. */
public enum LargeTexts {
    PAYLOAD("payload", "P"),
    RESULT("result", "R"),
    DEPENDENCIES("dependencies", "D");

    /** Maximum length of a small text in characters. Errors and texts of the history are also cut at this length. */
    public static final int SMALL = 2000;

    private static final String CUT = "… (cut)";
    private static final String INSERT = "INSERT INTO job_text (job_id, kind, content) VALUES (?,?,?)";
    private static final String NEW_PAYLOAD = "UPDATE job SET payload = ? WHERE id = ?";
    private static final String NO_PAYLOAD = "DELETE FROM job_text WHERE job_id = ? AND kind = 'P'";
    private static final String LARGE = "SELECT job_id, content FROM job_text WHERE kind = '%s' AND job_id IN (?)";

    private final String column;
    private final String kind;

    LargeTexts(String column, String kind) {
        this.column = column;
        this.kind = kind;
    }

    /** Returns the text for the row of the job. */
    public static @Nullable String inRow(@Nullable String text) {
        return text != null && text.length() <= SMALL ? text : null;
    }

    /** Returns the text for display, cut to the maximum length. */
    public static String cut(String text) {
        if (text.length() <= SMALL) {
            return text;
        }
        int end = SMALL - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Adds the row of a large text; does nothing for a small one. */
    public void add(Session session, JobId id, @Nullable String text) throws SQLException {
        if (text != null && text.length() > SMALL) {
            session.batch(INSERT).id(id).text(kind).text(text).add();
        }
    }

    public static void replacePayload(Session session, JobId id, String payload) throws SQLException {
        session.batch(NEW_PAYLOAD).text(inRow(payload)).id(id).add();
        session.batch(NO_PAYLOAD).id(id).add();
        PAYLOAD.add(session, id, payload);
    }

    public static void run(Session session) throws SQLException {
        session.batch(NEW_PAYLOAD).later();
        session.batch(NO_PAYLOAD).later();
        session.batch(INSERT).later();
    }

    /** Returns the texts of the given jobs that have one. */
    public Map<JobId, String> read(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, String> found = new HashMap<>();
        List<JobId> others = new ArrayList<>();
        session.in("SELECT id, " + column + " FROM job WHERE id IN (?)", ids, row -> {
            JobId id = Ids.job(row.getBytes(1));
            String text = row.getString(2);
            return text == null ? others.add(id) : found.put(id, text);
        });
        found.putAll(large(session, others));
        return found;
    }

    /** Returns the large texts of the given jobs that have one. */
    public Map<JobId, String> large(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, String> found = new HashMap<>();
        session.in(LARGE.formatted(kind), ids, row -> found.put(Ids.job(row.getBytes(1)), row.getString(2)));
        return found;
    }
}
