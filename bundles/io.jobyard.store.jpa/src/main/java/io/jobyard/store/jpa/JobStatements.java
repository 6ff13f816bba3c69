// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a job and of its history, as statements. */
final class JobStatements {

    private static final String INSERT = JobRow.COLUMNS.insert("job", "payload", "dependencies", "lane");
    private static final String HISTORY = HistoryRow.COLUMNS.insert("history");
    private static final Map<UpdateScope, String> UPDATES = new EnumMap<>(UpdateScope.class);

    static {
        for (UpdateScope scope : UpdateScope.values()) {
            // a result stays: when a dependency ends that a job waited for in an earlier life, only its books change
            UPDATES.put(
                    scope,
                    "UPDATE job SET " + JobRow.COLUMNS.assignments(scope) + ", result = COALESCE(?, result)"
                            + (scope == UpdateScope.STATE ? "" : ", lane = ?") + " WHERE id = ? AND version = ?");
        }
    }

    private JobStatements() {}

    static void insert(Session session, AdmittedJob admitted, @Nullable Integer lane) throws SQLException {
        JobId id = admitted.stored().id();
        String dependencies =
                admitted.dependencies().stream().map(JobId::toString).collect(Collectors.joining(","));
        StatementBatch row = session.batch(INSERT);
        JobRow.COLUMNS.write(row, JobRow.of(admitted.stored()));
        row.text(JobTexts.inRow(admitted.payload()))
                .text(JobTexts.inRow(dependencies))
                .number(lane)
                .add();
        JobTexts.PAYLOAD.add(session, id, admitted.payload());
        JobTexts.DEPENDENCIES.add(session, id, dependencies);
        event(session, admitted.stored(), admitted.event());
    }

    static void update(Session session, Move move, UpdateScope scope, @Nullable Integer lane) throws SQLException {
        StatementBatch row = updates(session, scope);
        JobRow.COLUMNS.write(row, JobRow.moved(move.after(), scope), scope);
        row.text(JobTexts.inRow(move.result()));
        if (scope != UpdateScope.STATE) {
            row.number(lane);
        }
        row.id(move.before().id()).number(move.before().books().version()).add();
    }

    static StatementBatch updates(Session session, UpdateScope scope) throws SQLException {
        return session.batch(UPDATES.get(scope));
    }

    static void event(Session session, StoredJob after, HistoryEvent event) throws SQLException {
        StatementBatch row = session.batch(HISTORY);
        HistoryRow.COLUMNS.write(row, HistoryRow.of(after, event));
        row.add();
    }

    /** Sends the new jobs, the histories and the large texts. */
    static void run(Session session) throws SQLException {
        session.batch(INSERT).run();
        session.batch(HISTORY).run();
        JobTexts.run(session);
    }
}
