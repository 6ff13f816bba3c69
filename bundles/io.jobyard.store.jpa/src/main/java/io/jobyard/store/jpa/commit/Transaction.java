// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.rows.LimitTables;
import io.jobyard.store.jpa.rows.ReleaseMarkers;
import io.jobyard.store.jpa.rows.RequestTable;
import io.jobyard.store.jpa.rows.ScheduleTables;
import io.jobyard.store.jpa.rows.SignalTable;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.rows.StreamTable;
import io.jobyard.store.jpa.rows.SubmissionTables;
import io.jobyard.store.jpa.rows.UsageTable;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several changes, sent as few batches. The effect is the same as of single changes in this order. */
public final class Transaction {

    /** Result of the changes: answers to their callers, notifications for listeners, and the end of the feed. */
    record Applied(
            List<Runnable> firstAnswers,
            List<Runnable> answers,
            List<Committed> committed,
            List<Consumer<CommitListener>> news,
            FeedTable.FeedMark end) {}

    private final Session session;
    private final CommitterTables tables;
    private final JobRounds jobs;
    private final LimitTables limits = new LimitTables();
    private final UsageTable usage = new UsageTable();
    private final StepTable steps = new StepTable();
    private final SignalTable signals = new SignalTable();
    private final List<Consumer<CommitListener>> news = new ArrayList<>();
    private @Nullable Boolean leader;
    private final Set<Long> taken = new HashSet<>();
    private final List<SharedQuotas.Claim> claims = new ArrayList<>();
    private Set<ScheduleChange> scheduled = Set.of();
    private Set<KeptRequest> requests = Set.of();

    Transaction(Session session, CommitterTables tables) {
        this.session = session;
        this.tables = tables;
        jobs = new JobRounds(this, session, tables);
    }

    /** Sends all changes to the database. The caller commits. */
    Applied apply(List<Change> changes) throws SQLException {
        List<Runnable> firstAnswers = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        StartsInCommit starts = tables.jobs().starts();
        starts.settle(false); // of a transaction that has failed
        answers.add(() -> starts.settle(true));
        prepare(changes);
        for (Change change : changes) {
            (change.isAnsweredFirst() ? firstAnswers : answers).add(change.apply(this));
        }
        jobs.release();
        if (tables.jobs().running().isChanged() && isLeader()) {
            tables.jobs().running().run(session);
        }
        tables.histories().seals().run(session);
        limits.run(session);
        usage.run(session);
        tables.histories().audit().run(session);
        tables.outputs().logs().run(session);
        tables.outputs().streams().run(session);
        List<Committed> committed = jobs.finish();
        tables.quotas().hold(session, claims);
        FeedTable.FeedMark end = tables.feed().run(session);
        return new Applied(firstAnswers, answers, committed, List.copyOf(news), end);
    }

    private void prepare(List<Change> changes) throws SQLException {
        changes.forEach(change -> change.foresee(jobs.looks()));
        jobs.looks().hold();
        tables.histories().trails().read(session, all(changes, Change::moved));
        taken.addAll(SubmissionTables.take(session, all(changes, Change::takes)));
        scheduled = ScheduleTables.change(session, all(changes, Change::schedules));
        requests = RequestTable.keep(session, all(changes, Change::requests), isShared());
    }

    private static <T> List<T> all(List<Change> changes, Function<Change, List<T>> part) {
        return changes.stream().map(part).flatMap(List::stream).toList();
    }

    /** Returns whether this host is the leader, and remains the leader until the end of the transaction. */
    public boolean isLeader() throws SQLException {
        if (leader == null) {
            leader = tables.leadership().hold(session);
        }
        return leader;
    }

    /** Returns whether other hosts write to the database. */
    public boolean isShared() {
        return tables.leadership().isShared();
    }

    public FeedTable feed() {
        return tables.feed();
    }

    /** Returns the session. Use it only for rows that no other change of the transaction uses. */
    public Session session() {
        return session;
    }

    /** Returns whether this transaction has taken an SQL submission, and no other host. */
    boolean hasTaken(long number) {
        return taken.contains(number);
    }

    /** Returns whether a schedule still had the state that a change of this transaction expects. */
    boolean hasChanged(ScheduleChange change) {
        return scheduled.contains(change);
    }

    /** Returns whether this transaction is the first to store a request. */
    boolean keeps(KeptRequest request) {
        return requests.contains(request);
    }

    public void log(JobId job, List<LogLine> lines) throws SQLException {
        if (!lines.isEmpty()) {
            tables.outputs().logs().add(session, job, lines);
            tell(listener -> listener.logged(job));
        }
    }

    public LimitTables limits() {
        return limits;
    }

    public UsageTable usage() {
        return usage;
    }

    StepTable steps() {
        return steps;
    }

    SignalTable signals() {
        return signals;
    }

    /** Stores a step or a wait at a free position. */
    public void keep(JobId job, StoredStep step) throws SQLException {
        steps.keep(session, job, step);
        signals.take(session, job, step.signal());
        jobs.looks().worked(job);
    }

    /** Stores the end of a wait. */
    public void end(JobId job, StoredStep wait) throws SQLException {
        steps.end(session, job, wait);
        signals.take(session, job, wait.signal());
        jobs.looks().worked(job);
    }

    StreamTable streams() {
        return tables.outputs().streams();
    }

    JobRounds jobs() {
        return jobs;
    }

    public ReleaseMarkers markers() {
        return jobs.markers();
    }

    public void audit(AuditEntry entry) throws SQLException {
        tables.histories().audit().add(session, entry);
    }

    /** Adds a notification of listeners that is not about a job. */
    public void tell(Consumer<CommitListener> one) {
        news.add(one);
    }

    /** Counts new jobs of a submitter, which are checked against the quotas at the end of the transaction. */
    void letsIn(String submitter, int jobs) {
        claims.add(new SharedQuotas.Claim(submitter, jobs));
    }
}
