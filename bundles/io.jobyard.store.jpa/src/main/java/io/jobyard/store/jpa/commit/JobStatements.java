// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.rows.JobRow;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.UpdateScope;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** SQL statements for rows of jobs. */
public final class JobStatements {

    private final Incarnations lives;
    private final ReadyTable ready;
    private final String insert;
    private final Map<UpdateScope, String> updates = new EnumMap<>(UpdateScope.class);

    public JobStatements(Incarnations lives, ReadyTable ready) {
        this.lives = lives;
        this.ready = ready;
        insert = ready.isInRow()
                ? JobRow.COLUMNS.insert("job", "payload", "dependencies", "trail", "lane")
                : JobRow.COLUMNS.insert("job", "payload", "dependencies", "trail");
        for (UpdateScope scope : UpdateScope.values()) {
            // the result is kept: the end of a dependency from before a retry changes only the scheduling state
            updates.put(
                    scope,
                    "UPDATE job SET " + JobRow.COLUMNS.assignments(scope)
                            + (scope == UpdateScope.START ? "" : ", result = COALESCE(?, result), seal = ?")
                            + ", trail = ?" + (ready.isInRow() ? ", lane = ?" : "") + " WHERE id = ? AND version = ?");
        }
    }

    /** @param stored the job as it is after the transaction, perhaps running */
    void insert(Session session, AdmittedJob admitted, StoredJob stored, String trail) throws SQLException {
        JobId id = stored.id();
        String dependencies = Ids.text(admitted.dependencies());
        Integer lane = ready.isInRow() ? ready.lane(session, stored) : null;
        StatementBatch row = session.batch(insert);
        JobRow.COLUMNS.write(row, JobRow.of(stored, lives));
        row.text(LargeTexts.inRow(admitted.payload()))
                .text(LargeTexts.inRow(dependencies))
                .text(trail);
        if (ready.isInRow()) {
            row.number(lane);
        }
        row.add();
        LargeTexts.PAYLOAD.add(session, id, admitted.payload());
        LargeTexts.DEPENDENCIES.add(session, id, dependencies);
    }

    void update(Session session, Move move, UpdateScope scope, HistoryTable.Next trail, SealTable.SealChange seal)
            throws SQLException {
        Integer lane = ready.isInRow() ? ready.lane(session, move.after()) : null;
        StatementBatch row = updates(session, scope);
        JobRow.COLUMNS.write(row, JobRow.moved(move.before(), move.after(), scope, lives), scope);
        if (scope != UpdateScope.START) {
            row.text(LargeTexts.inRow(move.result())).bytes(seal.after());
        }
        row.text(trail.row());
        if (ready.isInRow()) {
            row.number(lane);
        }
        row.id(move.before().id()).number(move.before().books().version()).add();
    }

    StatementBatch updates(Session session, UpdateScope scope) throws SQLException {
        return session.batch(Objects.requireNonNull(updates.get(scope)));
    }

    /** Sends the rows of new jobs, and the large texts. */
    void run(Session session) throws SQLException {
        session.batch(insert).later();
        LargeTexts.run(session);
    }
}
