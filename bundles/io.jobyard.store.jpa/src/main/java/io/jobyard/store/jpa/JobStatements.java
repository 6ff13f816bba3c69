// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a job and of its history, as statements. */
final class JobStatements {

    private static final String INSERT = "INSERT INTO job (id, submitter, created_at, type, queue, priority,"
            + " timeout_millis, max_retries, if_dependency_fails, not_before, expires_at, job_key, labels,"
            + " handler_version, limits, estimates, payload, dependencies, status, reason, run, attempt, changed_at,"
            + " started_at, completed_at, error, host, result, version, pending, losses, cancel_requested, incarnation,"
            + " due_at, ran_in, lane, ready_at) VALUES (?" + ",?".repeat(36) + ")";
    /** A result stays: when a dependency ends that a job waited for in an earlier life, only its books change. */
    private static final String STATE = "UPDATE job SET status = ?, reason = ?, run = ?, attempt = ?, changed_at = ?,"
            + " started_at = ?, completed_at = ?, error = ?, host = ?, result = COALESCE(?, result),"
            + " version = ?, pending = ?, losses = ?, cancel_requested = ?, incarnation = ?, due_at = ?,"
            + " ran_in = ?";

    private static final String WHERE = " WHERE id = ? AND version = ?";

    /** For a job that stays where it is in the index of lanes, which then is not written. */
    static final String UPDATE = STATE + WHERE;
    /** For a job that comes into a lane, or leaves one, or leaves the runs. */
    static final String UPDATE_PLACE = STATE + ", lane = ?, ready_at = ?" + WHERE;

    /** For a job that somebody has changed. */
    static final String UPDATE_TERMS =
            STATE + ", lane = ?, ready_at = ?, priority = ?, queue = ?, labels = ?, not_before = ?, limits = ?" + WHERE;

    private static final String HISTORY =
            "INSERT INTO history (job_id, seq, happened_at, who, from_status, to_status, reason,"
                    + " host, run, attempt, why, handler_version, bundle, number) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private JobStatements() {}

    static void insert(Session session, AdmittedJob admitted, @Nullable Integer lane, EventCursor cursor)
            throws SQLException {
        Job job = admitted.stored().job();
        JobTerms terms = job.terms();
        String dependencies =
                admitted.dependencies().stream().map(JobId::toString).collect(Collectors.joining(","));
        StatementBatch row = session.batch(INSERT)
                .id(job.id())
                .text(job.submitter())
                .instant(job.createdAt())
                .text(terms.type())
                .text(terms.queue())
                .number(terms.priority())
                .number(terms.timeout().toMillis())
                .number(terms.maxRetries())
                .text(terms.ifDependencyFails().text())
                .instant(terms.notBefore())
                .instant(terms.expires())
                .text(terms.key())
                .text(Labels.write(terms.labels()))
                .text(terms.handlerVersion())
                .text(Amounts.writeNames(terms.limits()))
                .text(Amounts.write(terms.estimate()))
                .text(JobTexts.inRow(admitted.payload()))
                .text(JobTexts.inRow(dependencies));
        state(row, job.state(), admitted.stored().books(), null);
        row.number(lane).instant(admitted.stored().books().readyAt()).add();
        JobTexts.PAYLOAD.add(session, job.id(), admitted.payload());
        JobTexts.DEPENDENCIES.add(session, job.id(), dependencies);
        event(session, admitted.stored(), admitted.event(), cursor);
    }

    static void update(Session session, Move move) throws SQLException {
        compare(state(session.batch(UPDATE), move.state(), move.books(), move.result()), move);
    }

    static void update(Session session, Move move, @Nullable Integer lane) throws SQLException {
        StatementBatch row = state(session.batch(UPDATE_PLACE), move.state(), move.books(), move.result());
        compare(row.number(lane).instant(move.books().readyAt()), move);
    }

    static void change(Session session, Move move, @Nullable Integer lane) throws SQLException {
        JobTerms terms = move.terms();
        StatementBatch row = state(session.batch(UPDATE_TERMS), move.state(), move.books(), move.result())
                .number(lane)
                .instant(move.books().readyAt())
                .number(terms.priority())
                .text(terms.queue())
                .text(Labels.write(terms.labels()))
                .instant(terms.notBefore())
                .text(Amounts.writeNames(terms.limits()));
        compare(row, move);
    }

    private static void compare(StatementBatch row, Move move) throws SQLException {
        row.id(move.before().id()).number(move.before().books().version()).add();
    }

    private static StatementBatch state(StatementBatch row, JobState state, Bookkeeping books, @Nullable String result)
            throws SQLException {
        return row.text(state.status().text())
                .text(text(state.reason()))
                .number(state.run())
                .number(state.attempt())
                .instant(state.changedAt())
                .instant(state.startedAt())
                .instant(state.completedAt())
                .text(JobTexts.cut(state.error()))
                .text(state.host())
                .text(JobTexts.inRow(result))
                .number(books.version())
                .number(books.pending())
                .number(books.losses())
                .truth(books.cancelRequested())
                .uuid(books.incarnation())
                .instant(books.dueAt())
                .text(state.queue());
    }

    static void event(Session session, StoredJob after, HistoryEvent event, EventCursor cursor) throws SQLException {
        HandlerName handler = event.handler();
        session.batch(HISTORY)
                .id(after.id())
                .number(after.books().version())
                .instant(event.at())
                .text(event.who())
                .text(event.from() == null ? null : event.from().text())
                .text(event.to().text())
                .text(text(event.reason()))
                .text(event.host())
                .number(event.run())
                .number(event.attempt())
                .text(JobTexts.cut(event.why()))
                .text(handler == null ? null : handler.version())
                .text(handler == null ? null : handler.bundle())
                .number(EventNumbers.number(cursor))
                .add();
    }

    private static @Nullable String text(@Nullable Reason reason) {
        return reason == null ? null : reason.text();
    }

    /** Sends the new jobs, the histories and the large texts. */
    static void run(Session session) throws SQLException {
        session.batch(INSERT).run();
        session.batch(HISTORY).run();
        JobTexts.run(session);
    }
}
