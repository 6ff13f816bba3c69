// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.ReleaseCascade;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.JoinedGroups;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.ReleaseMarkers;
import io.jobyard.store.jpa.rows.ScheduleTables;
import io.jobyard.store.jpa.rows.UpdateScope;
import io.jobyard.store.jpa.sql.RowSender;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes of jobs in one transaction. A change of the same job or key as an earlier change begins a new round of batches. In the last
 * rounds, finished jobs release their dependent jobs.
 */
final class JobRounds {

    /** Possible outcome for one job. If the job has changed meanwhile, the outcome does not apply. */
    private record RoundOutcome(
            @Nullable StoredJob before,
            StoredJob after,
            Set<JobId> awaited,
            @Nullable HistoryEvent event,
            BooleanSupplier happened) {}

    private final Transaction transaction;
    private final Session session;
    private final CommitterTables tables;
    private final JobRows rows;
    private final ReadyTable ready;
    private final WorkReads looks;
    private final ReleaseMarkers markers;
    private final JoinedGroups groups;
    private final Set<Object> touched = new HashSet<>();
    private final Map<UpdateScope, List<PendingMove>> sentMoves = new EnumMap<>(UpdateScope.class);
    private final List<RoundOutcome> told = new ArrayList<>();
    private final ReleaseCascade cascade = new ReleaseCascade();
    /** Finished jobs without dependent jobs, if known. */
    private final Set<JobId> withoutEdges = new HashSet<>();

    private boolean hasEdges;

    JobRounds(Transaction transaction, Session session, CommitterTables tables) {
        this.transaction = transaction;
        this.session = session;
        this.tables = tables;
        boolean isShared = tables.leadership().isShared();
        rows = new JobRows(tables.lives());
        ready = tables.jobs().ready();
        markers = new ReleaseMarkers(isShared);
        groups = new JoinedGroups(tables.groups(), isShared);
        looks = new WorkReads(session, tables, rows, isShared, this::end);
    }

    WorkReads looks() {
        return looks;
    }

    ReleaseMarkers markers() {
        return markers;
    }

    void admit(AdmittedJob job) throws SQLException {
        touch(job.stored());
        Move start = tables.jobs().starts().start(transaction, job);
        StoredJob stored = start == null ? job.stored() : start.after();
        String trail = tables.histories().trails().begin(session, job.stored(), job.event(), start);
        tables.jobs().statements().insert(session, job, stored, trail);
        ready.follow(session, null, stored);
        EdgeAndKeyTables.freeKey(session, job);
        EdgeAndKeyTables.follow(session, null, stored);
        ScheduleTables.admitted(session, job.stored());
        groups.admitted(session, job);
        EdgeAndKeyTables.addEdges(session, job.edges(), job.stored().id());
        hasEdges |= !job.edges().isEmpty();
        markers.admitted(job);
        tables.jobs().needed().named(job.dependencies());
        told.add(new RoundOutcome(null, job.stored(), job.edges(), job.event(), () -> true));
        if (start != null) {
            told.add(new RoundOutcome(job.stored(), stored, Set.of(), start.event(), () -> true));
            tables.jobs().running().follow(session, job.stored(), stored);
        }
    }

    /**
     * Adds a move. The result is known at the end of the round: the move applies only if the job still has the version that the move
     * expects.
     */
    PendingMove move(Move move, @Nullable ReleaseRule rule) throws SQLException {
        return move(move, rule, null);
    }

    /** Adds a move with additional rows. The rows are written only if the job has the version that the move expects. */
    PendingMove move(Move move, @Nullable ReleaseRule rule, RowWrite.@Nullable WrittenRows also) throws SQLException {
        touch(move.after());
        UpdateScope scope = UpdateScope.of(move);
        HistoryTable.Next trail = tables.histories().trails().after(session, move);
        SealTable.SealChange seal = tables.histories().seals().change(session, move, trail);
        PendingMove sent = new PendingMove(move, rule, also, trail, seal);
        tables.jobs().statements().update(session, move, scope, trail, seal);
        sentMoves.computeIfAbsent(scope, any -> new ArrayList<>()).add(sent);
        told.add(new RoundOutcome(move.before(), move.after(), move.edges().awaited(), move.event(), sent::won));
        return sent;
    }

    /** Reads jobs with their payloads, as the earlier changes of this transaction have left them. */
    Map<JobId, JobRows.Loaded> load(Collection<JobId> ids) throws SQLException {
        if (ids.stream().anyMatch(touched::contains)) {
            end();
        }
        Map<JobId, JobRows.Loaded> found = rows.load(session, ids);
        found.forEach((id, row) ->
                tables.histories().trails().remember(id, row.job().books().version(), row.trail()));
        return found;
    }

    private void touch(StoredJob job) throws SQLException {
        JobKey named = JobKey.of(job);
        if (touched.contains(job.id()) || named != null && touched.contains(named)) {
            end();
        }
        touched.add(job.id());
        looks.moved(job.id());
        if (named != null) {
            touched.add(named);
        }
    }

    private void end() throws SQLException {
        if (!sentMoves.isEmpty() && tables.leadership().isMine()) {
            transaction.isLeader();
        }
        Map<UpdateScope, RowSender.RowCounts> counts = new EnumMap<>(UpdateScope.class);
        for (UpdateScope scope : sentMoves.keySet()) {
            counts.put(scope, tables.jobs().statements().updates(session, scope).counted());
        }
        if (session.joinsStatements()) {
            findEdges();
        }
        for (Map.Entry<UpdateScope, RowSender.RowCounts> count : counts.entrySet()) {
            decide(
                    Objects.requireNonNull(sentMoves.get(count.getKey())),
                    count.getValue().get());
        }
        tables.jobs().statements().run(session);
        HistoryTable.run(session);
        ready.run(session);
        EdgeAndKeyTables.run(session);
        ScheduleTables.run(session);
        transaction.steps().run(session);
        transaction.signals().run(session);
        touched.clear();
    }

    /**
     * Sends, together with the changes, the query whether other jobs depend on the jobs that finish. A later dependency locks its parent
     * first.
     */
    private void findEdges() throws SQLException {
        List<JobId> ending = sentMoves.values().stream()
                .flatMap(List::stream)
                .filter(PendingMove::mayRelease)
                .map(sent -> sent.move().after().id())
                .toList();
        EdgeAndKeyTables.findsEdges(session, ending, isFound -> hasEdges |= isFound);
        withoutEdges.addAll(ending);
    }

    /** Moves the jobs that depend on finished ones. */
    void release() throws SQLException {
        end();
        cascade.release(new Dependents());
    }

    /** Writes the outcomes of all changes to the feed, and returns them. */
    List<Committed> finish() throws SQLException {
        Set<JobId> marked = markers.write(session);
        List<Committed> committed = new ArrayList<>();
        for (RoundOutcome one : told) {
            if (one.happened().getAsBoolean()) {
                committed.add(committed(one, marked));
            }
        }
        groups.write(session);
        return committed;
    }

    private Committed committed(RoundOutcome one, Set<JobId> marked) throws SQLException {
        Committed change = Committed.of(one.before(), one.after(), one.awaited(), marked, null);
        JobEvent event = tables.feed().add(session, one.before(), one.after(), change.releases(), one.event());
        return new Committed(one.before(), one.after(), change.releases(), event, false);
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
        tables.histories().trails().won(session, move, sent.trail());
        tables.histories().seals().follow(after.id(), sent.seal());
        if (tables.leadership().isMine()) {
            tables.jobs().running().follow(session, move.before(), after);
        }
        ready.follow(session, move.before(), after);
        if (move.audit() != null) {
            tables.histories().audit().add(session, move.audit());
        }
        LargeTexts.RESULT.add(session, after.id(), move.result());
        if (sent.also() != null) {
            sent.also().write(transaction);
        }
        EdgeAndKeyTables.follow(session, move.before(), after);
        EdgeAndKeyTables.change(session, move.edges(), after.id(), move.beginsAnotherLife());
        hasEdges |= !move.edges().awaited().isEmpty();
        markers.changed(move.before(), after);
        markers.awaited(move.edges().awaited(), move.edges().awaited());
        if (move.beginsAnotherLife()) {
            tables.jobs().needed().revived(after.id());
        }
        cascade.changed(after, sent.rule());
    }

    /**
     * Dependent jobs of the finished jobs. Released jobs are stored like other moves. A job that another host changes meanwhile keeps its
     * edges for a release marker.
     */
    private final class Dependents implements ReleaseCascade.CascadeTables<SQLException> {

        private final Set<JobId> unreleased = new HashSet<>();

        @Override
        public List<Edge> edges(Map<JobId, JobStatus> ended) throws SQLException {
            session.flush(); // the query sent with the changes is answered now
            return !hasEdges && withoutEdges.containsAll(ended.keySet())
                    ? List.of()
                    : EdgeAndKeyTables.edges(session, ended);
        }

        @Override
        public List<StoredJob> jobs(Collection<JobId> ids) throws SQLException {
            return rows.stored(session, ids);
        }

        @Override
        public void move(List<ReleaseCascade.Dependent> dependents) throws SQLException {
            List<PendingMove> sent = new ArrayList<>();
            for (ReleaseCascade.Dependent dependent : dependents) {
                sent.add(JobRounds.this.move(dependent.move(), dependent.rule()));
            }
            end();
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
