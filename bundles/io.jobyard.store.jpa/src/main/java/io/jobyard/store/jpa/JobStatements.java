// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The row of a job, as statements. */
final class JobStatements {

    private static final String INSERT = JobRow.COLUMNS.insert("job", "payload", "dependencies", "trail");
    private static final Map<UpdateScope, String> UPDATES = new EnumMap<>(UpdateScope.class);

    static {
        for (UpdateScope scope : UpdateScope.values()) {
            // a result stays: when a dependency ends that a job waited for in an earlier life, only its books change
            UPDATES.put(
                    scope,
                    "UPDATE job SET " + JobRow.COLUMNS.assignments(scope)
                            + (scope == UpdateScope.START ? "" : ", result = COALESCE(?, result), seal = ?")
                            + ", trail = ? WHERE id = ? AND version = ?");
        }
    }

    private JobStatements() {}

    static void insert(Session session, AdmittedJob admitted, Lives lives, String trail) throws SQLException {
        JobId id = admitted.stored().id();
        String dependencies =
                admitted.dependencies().stream().map(JobId::toString).collect(Collectors.joining(","));
        StatementBatch row = session.batch(INSERT);
        JobRow.COLUMNS.write(row, JobRow.of(admitted.stored(), lives));
        row.text(JobTexts.inRow(admitted.payload()))
                .text(JobTexts.inRow(dependencies))
                .text(trail)
                .add();
        JobTexts.PAYLOAD.add(session, id, admitted.payload());
        JobTexts.DEPENDENCIES.add(session, id, dependencies);
    }

    static void update(
            Session session, Move move, UpdateScope scope, Lives lives, TrailTable.Next trail, SealTable.Change seal)
            throws SQLException {
        StatementBatch row = updates(session, scope);
        JobRow.COLUMNS.write(row, JobRow.moved(move.before(), move.after(), scope, lives), scope);
        if (scope != UpdateScope.START) {
            row.text(JobTexts.inRow(move.result())).bytes(seal.after());
        }
        row.text(trail.row())
                .id(move.before().id())
                .number(move.before().books().version())
                .add();
    }

    static StatementBatch updates(Session session, UpdateScope scope) throws SQLException {
        return session.batch(UPDATES.get(scope));
    }

    /** Sends the new jobs and the large texts. */
    static void run(Session session) throws SQLException {
        session.batch(INSERT).run();
        JobTexts.run(session);
    }
}
