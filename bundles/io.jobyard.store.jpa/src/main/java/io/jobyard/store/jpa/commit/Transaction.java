// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.ReleaseCascade;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.jpa.feed.FeedPosition;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.JoinedGroups;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.rows.LimitTables;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.ReleaseMarkers;
import io.jobyard.store.jpa.rows.RequestTable;
import io.jobyard.store.jpa.rows.ScheduleTables;
import io.jobyard.store.jpa.rows.SignalTable;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.rows.StreamTable;
import io.jobyard.store.jpa.rows.SubmissionTables;
import io.jobyard.store.jpa.rows.UpdateScope;
import io.jobyard.store.jpa.rows.UsageTable;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several changes as few batches, with the effect that they would have one by one. What touches the same job or key as
 * an earlier change begins a new round of batches. In the last rounds, what ended takes those along that waited for it.
 */
public final class Transaction {

    /** What the changes came to: what answers their callers, what the listeners are to hear, and where the feed ends with it. */
    record Applied(
            List<Runnable> firstAnswers,
            List<Runnable> answers,
            List<Committed> committed,
            List<Consumer<CommitListener>> news,
            FeedPosition end) {}

    /** What may have become of one job: nothing, if it had changed meanwhile. */
    private record Told(
            @Nullable StoredJob before,
            StoredJob after,
            Set<JobId> awaited,
            @Nullable HistoryEvent event,
            BooleanSupplier happened) {}

    private final Session session;
    private final CommitterTables tables;
    private final JobRows rows;
    private final ReadyTable ready;
    private final LimitTables limits = new LimitTables();
    private final UsageTable usage = new UsageTable();
    private final StepTable steps = new StepTable();
    private final SignalTable signals = new SignalTable();
    private final WorkReads looks;
    private final ReleaseMarkers markers;
    private final JoinedGroups groups;
    private final Set<Object> touched = new HashSet<>();
    private final Map<UpdateScope, List<PendingMove>> sentMoves = new EnumMap<>(UpdateScope.class);
    private final List<Told> told = new ArrayList<>();
    private final List<Consumer<CommitListener>> news = new ArrayList<>();
    private final ReleaseCascade cascade = new ReleaseCascade();
    private @Nullable Boolean leader;
    private final Set<Long> taken = new HashSet<>();
    private final List<SharedQuotas.Claim> claims = new ArrayList<>();
    private Set<ScheduleChange> scheduled = Set.of();
    private Set<KeptRequest> requests = Set.of();

    Transaction(Session session, CommitterTables tables) {
        this.session = session;
        this.tables = tables;
        rows = new JobRows(tables.lives());
        ready = tables.ready();
        markers = new ReleaseMarkers(isShared());
        groups = new JoinedGroups(tables.groups(), isShared());
        looks = new WorkReads(session, tables, rows, isShared(), this::endRound);
    }

    /** Sends all to the database; the caller commits. */
    Applied apply(List<Change> changes) throws SQLException {
        List<Runnable> firstAnswers = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        changes.forEach(change -> change.foresee(looks));
        looks.hold();
        tables.trails()
                .read(
                        session,
                        changes.stream()
                                .flatMap(change -> change.moved().stream())
                                .toList());
        taken.addAll(SubmissionTables.take(
                session,
                changes.stream().flatMap(change -> change.takes().stream()).toList()));
        scheduled = ScheduleTables.change(
                session,
                changes.stream().flatMap(change -> change.schedules().stream()).toList());
        requests = RequestTable.keep(
                session,
                changes.stream().flatMap(change -> change.requests().stream()).toList(),
                isShared());
        for (Change change : changes) {
            (change.isAnsweredFirst() ? firstAnswers : answers).add(change.apply(this));
        }
        endRound();
        cascade.release(new Dependents());
        if (tables.running().isChanged() && isLeader()) {
            tables.running().run(session);
        }
        tables.seals().run(session);
        limits.run(session);
        usage.run(session);
        tables.audit().run(session);
        tables.logs().run(session);
        tables.streams().run(session);
        Set<JobId> marked = markers.write(session);
        List<Committed> committed = new ArrayList<>();
        for (Told one : told) {
            if (one.happened().getAsBoolean()) {
                committed.add(committed(one, marked));
            }
        }
        groups.write(session);
        tables.quotas().hold(session, claims);
        FeedPosition end = tables.feed().run(session);
        return new Applied(firstAnswers, answers, committed, List.copyOf(news), end);
    }

    private Committed committed(Told one, Set<JobId> marked) throws SQLException {
        Committed change = Committed.of(one.before(), one.after(), one.awaited(), marked, null);
        JobEvent event = tables.feed().add(session, one.before(), one.after(), change.releases(), one.event());
        return new Committed(one.before(), one.after(), change.releases(), event, false);
    }

    /** Whether this host is the leader until the transaction is over. */
    public boolean isLeader() throws SQLException {
        if (leader == null) {
            leader = tables.leadership().hold(session);
        }
        return leader;
    }

    /** Whether other hosts write the database too. */
    public boolean isShared() {
        return tables.leadership().isShared();
    }

    public FeedTable feed() {
        return tables.feed();
    }

    /** For rows that no other change of the transaction touches. */
    public Session session() {
        return session;
    }

    /** Whether a submission from SQL is this transaction's. */
    boolean hasTaken(long number) {
        return taken.contains(number);
    }

    /** Whether a schedule was as a change of this transaction saw it. */
    boolean hasChanged(ScheduleChange change) {
        return scheduled.contains(change);
    }

    /** Whether a request was not kept before this transaction. */
    boolean keeps(KeptRequest request) {
        return requests.contains(request);
    }

    public void log(JobId job, List<LogLine> lines) throws SQLException {
        if (!lines.isEmpty()) {
            tables.logs().add(session, job, lines);
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

    /** Stores a step, or a wait, at a place that is free. */
    public void keep(JobId job, StoredStep step) throws SQLException {
        steps.keep(session, job, step);
        signals.take(session, job, step.signal());
        looks.worked(job);
    }

    /** Stores that a wait is over. */
    public void end(JobId job, StoredStep wait) throws SQLException {
        steps.end(session, job, wait);
        signals.take(session, job, wait.signal());
        looks.worked(job);
    }

    StreamTable streams() {
        return tables.streams();
    }

    WorkReads looks() {
        return looks;
    }

    public ReleaseMarkers markers() {
        return markers;
    }

    public void audit(AuditEntry entry) throws SQLException {
        tables.audit().add(session, entry);
    }

    /** What the listeners hear beside the changes of jobs. */
    public void tell(Consumer<CommitListener> one) {
        news.add(one);
    }

    /** Jobs of that submitter are let in, as one: at the end of the transaction they count for its quotas. */
    void letsIn(String submitter, int jobs) {
        claims.add(new SharedQuotas.Claim(submitter, jobs));
    }

    void admit(AdmittedJob job) throws SQLException {
        touch(job.stored());
        String trail = tables.trails().begin(session, job.stored(), job.event());
        tables.jobs().insert(session, job, trail);
        ready.follow(session, null, job.stored());
        EdgeAndKeyTables.freeKey(session, job);
        EdgeAndKeyTables.follow(session, null, job.stored());
        ScheduleTables.admitted(session, job.stored());
        groups.admitted(session, job);
        EdgeAndKeyTables.addEdges(session, job.edges(), job.stored().id());
        markers.admitted(job);
        tables.needed().named(job.dependencies());
        told.add(new Told(null, job.stored(), job.edges(), job.event(), () -> true));
    }

    /** Whether the job has that version still is known at the end of the transaction. */
    PendingMove move(Move move, @Nullable ReleaseRule rule) throws SQLException {
        return move(move, rule, null);
    }

    /** The same with what is written if the job has that version. */
    PendingMove move(Move move, @Nullable ReleaseRule rule, RowWrite.@Nullable Rows also) throws SQLException {
        touch(move.after());
        UpdateScope scope = UpdateScope.of(move);
        HistoryTable.Next trail = tables.trails().after(session, move);
        SealTable.Change seal = tables.seals().change(session, move, trail);
        PendingMove sent = new PendingMove(move, rule, also, trail, seal);
        tables.jobs().update(session, move, scope, trail, seal);
        sentMoves.computeIfAbsent(scope, any -> new ArrayList<>()).add(sent);
        told.add(new Told(move.before(), move.after(), move.edges().awaited(), move.event(), sent::won));
        return sent;
    }

    /** Reads jobs with their payloads, as the changes before have them. */
    Map<JobId, JobRows.Loaded> load(Collection<JobId> ids) throws SQLException {
        if (ids.stream().anyMatch(touched::contains)) {
            endRound();
        }
        Map<JobId, JobRows.Loaded> found = rows.load(session, ids);
        found.forEach(
                (id, row) -> tables.trails().remember(id, row.job().books().version(), row.trail()));
        return found;
    }

    private void touch(StoredJob job) throws SQLException {
        JobKey named = JobKey.of(job);
        if (touched.contains(job.id()) || named != null && touched.contains(named)) {
            endRound();
        }
        touched.add(job.id());
        looks.moved(job.id());
        if (named != null) {
            touched.add(named);
        }
    }

    private void endRound() throws SQLException {
        for (Map.Entry<UpdateScope, List<PendingMove>> sent : sentMoves.entrySet()) {
            decide(
                    sent.getValue(),
                    tables.jobs().updates(session, sent.getKey()).run());
        }
        tables.jobs().run(session);
        HistoryTable.run(session);
        ready.run(session);
        EdgeAndKeyTables.run(session);
        ScheduleTables.run(session);
        steps.run(session);
        signals.run(session);
        touched.clear();
    }

    private void decide(List<PendingMove> moves, int[] counts) throws SQLException {
        for (int n = 0; n < moves.size(); n++) {
            if (counts[n] == 1) {
                won(moves.get(n), moves.get(n).move().after());
            }
        }
        moves.clear();
    }

    private void won(PendingMove sent, StoredJob after) throws SQLException {
        Move move = sent.move();
        sent.win();
        tables.trails().won(session, move, sent.trail());
        tables.seals().follow(after.id(), sent.seal());
        if (tables.leadership().isMine()) {
            tables.running().follow(session, move.before(), after);
        }
        ready.follow(session, move.before(), after);
        if (move.audit() != null) {
            tables.audit().add(session, move.audit());
        }
        LargeTexts.RESULT.add(session, after.id(), move.result());
        if (sent.also() != null) {
            sent.also().write(this);
        }
        EdgeAndKeyTables.follow(session, move.before(), after);
        EdgeAndKeyTables.change(session, move.edges(), after.id(), move.beginsAnotherLife());
        markers.changed(move.before(), after);
        markers.awaited(move.edges().awaited(), move.edges().awaited());
        if (move.beginsAnotherLife()) {
            tables.needed().revived(after.id());
        }
        cascade.changed(after, sent.rule());
    }

    /** What is released is sent like any other move. One that another host changes meanwhile keeps its edges, for a release marker. */
    private final class Dependents implements ReleaseCascade.Tables<SQLException> {

        private final Set<JobId> unreleased = new HashSet<>();

        @Override
        public List<Edge> edges(Map<JobId, JobStatus> ended) throws SQLException {
            return EdgeAndKeyTables.edges(session, ended);
        }

        @Override
        public List<StoredJob> jobs(Collection<JobId> ids) throws SQLException {
            return rows.stored(session, ids);
        }

        @Override
        public void move(List<ReleaseCascade.Dependent> dependents) throws SQLException {
            List<PendingMove> sent = new ArrayList<>();
            for (ReleaseCascade.Dependent dependent : dependents) {
                sent.add(Transaction.this.move(dependent.move(), dependent.rule()));
            }
            endRound();
            sent.stream()
                    .filter(move -> !move.won())
                    .forEach(move -> unreleased.addAll(move.move().edges().released()));
        }

        @Override
        public void settled(Set<JobId> parents) {
            Set<JobId> released = new HashSet<>(parents);
            released.removeAll(unreleased);
            markers.settled(released);
        }
    }
}
