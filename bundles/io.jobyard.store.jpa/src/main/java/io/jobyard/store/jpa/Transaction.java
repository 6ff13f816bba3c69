// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReleaseRule;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several changes as few batches, with the effect that they would have one by one. What touches the same job or key as
 * an earlier change begins a new round of batches. In the last rounds, what ended takes those along that waited for it.
 */
final class Transaction {

    /** What the changes came to: what answers their callers, and what the listeners are to hear. */
    record Applied(List<Runnable> answers, List<Committed> committed, LogTable.@Nullable Place logged) {

        /** Whether a row tells that it was committed; if none does, to make it twice changes nothing more. */
        boolean leavesTrace() {
            return !committed.isEmpty() || logged != null;
        }
    }

    /** What the listeners hear of one job, where these have release markers; null if it did not change. */
    private interface Told {
        @Nullable
        Committed committed(Set<JobId> marked);
    }

    private record Ended(JobStatus status, ReleaseRule rule) {}

    private record Key(String submitter, String key) {}

    private final Session session;
    private final LaneTable lanes;
    private final LogTable logs;
    private final EventNumbers numbers;
    private final NeededDependencies needed;
    private final AuditTable audit;
    private final LimitTables limits = new LimitTables();
    private final ReleaseMarkers markers = new ReleaseMarkers();
    private final Set<Object> touched = new HashSet<>();
    private final List<SentMove> plain = new ArrayList<>();
    private final List<SentMove> placed = new ArrayList<>();
    private final List<SentMove> changed = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private Map<JobId, Ended> ended = new LinkedHashMap<>();

    Transaction(
            Session session,
            LaneTable lanes,
            LogTable logs,
            EventNumbers numbers,
            NeededDependencies needed,
            AuditTable audit) {
        this.session = session;
        this.lanes = lanes;
        this.logs = logs;
        this.numbers = numbers;
        this.needed = needed;
        this.audit = audit;
    }

    /** Sends all to the database and leaves the commit to the caller. */
    Applied apply(List<Change> changes) throws SQLException {
        List<Runnable> answers = new ArrayList<>();
        for (Change change : changes) {
            answers.add(change.apply(this));
        }
        endRound();
        release();
        limits.run(session);
        audit.run(session);
        LogTable.Place logged = logs.run(session);
        Set<JobId> marked = markers.write(session);
        List<Committed> committed = told.stream()
                .map(one -> one.committed(marked))
                .filter(Objects::nonNull)
                .toList();
        return new Applied(answers, committed, logged);
    }

    /** For rows that no other change of the transaction touches. */
    Session session() {
        return session;
    }

    LogTable logs() {
        return logs;
    }

    LimitTables limits() {
        return limits;
    }

    ReleaseMarkers markers() {
        return markers;
    }

    void audit(AuditEntry entry) throws SQLException {
        audit.add(session, entry);
    }

    void admit(AdmittedJob job) throws SQLException {
        touch(job.stored());
        JobEvent event = EventTable.of(numbers.next(), job.stored(), job.event());
        JobStatements.insert(session, job, lane(job.stored()), event.cursor());
        SideTables.follow(session, null, job.stored());
        SideTables.addEdges(session, job.edges(), job.stored().id());
        markers.admitted(job);
        needed.named(job.dependencies());
        told.add(
                marked -> new Committed(null, job.stored(), job.edges().stream().anyMatch(marked::contains), event));
    }

    /** Whether the job has that version still is known at the end of the transaction. */
    SentMove move(Move move, @Nullable ReleaseRule rule) throws SQLException {
        SentMove sent = new SentMove(move, rule);
        touch(move.after());
        Integer lane = lane(move.after());
        if (move.changesTerms()) {
            JobStatements.change(session, move, lane);
            changed.add(sent);
        } else if (lane == null && lane(move.before()) == null) {
            JobStatements.update(session, move);
            plain.add(sent);
        } else {
            JobStatements.update(session, move, lane);
            placed.add(sent);
        }
        told.add(marked -> sent.won() ? sent.committed(marked) : null);
        return sent;
    }

    /** Reads jobs with their payloads, as the changes before have them. */
    Map<JobId, JobRows.Loaded> load(Collection<JobId> ids) throws SQLException {
        if (ids.stream().anyMatch(touched::contains)) {
            endRound();
        }
        return JobRows.load(session, ids);
    }

    private void touch(StoredJob job) throws SQLException {
        String key = job.job().terms().key();
        Key named = key == null ? null : new Key(job.job().submitter(), key);
        if (touched.contains(job.id()) || named != null && touched.contains(named)) {
            endRound();
        }
        touched.add(job.id());
        if (named != null) {
            touched.add(named);
        }
    }

    private @Nullable Integer lane(StoredJob job) throws SQLException {
        JobStatus status = job.job().status();
        if (status == JobStatus.RUNNING) {
            return 0;
        }
        return status == JobStatus.QUEUED ? lanes.number(session, LaneKey.of(job)) : null;
    }

    private void endRound() throws SQLException {
        decide(plain, session.batch(JobStatements.UPDATE).run());
        decide(placed, session.batch(JobStatements.UPDATE_PLACE).run());
        decide(changed, session.batch(JobStatements.UPDATE_TERMS).run());
        JobStatements.run(session);
        SideTables.run(session);
        touched.clear();
    }

    private void decide(List<SentMove> moves, int[] counts) throws SQLException {
        for (int n = 0; n < moves.size(); n++) {
            if (counts[n] == 1) {
                won(moves.get(n), moves.get(n).move().after());
            }
        }
        moves.clear();
    }

    private void won(SentMove sent, StoredJob after) throws SQLException {
        Move move = sent.move();
        JobEvent event = null;
        if (move.event() != null) {
            event = EventTable.of(numbers.next(), after, move.event());
            JobStatements.event(session, after, move.event(), event.cursor());
        }
        sent.win(event);
        if (move.audit() != null) {
            audit.add(session, move.audit());
        }
        JobTexts.RESULT.add(session, after.id(), move.result());
        SideTables.follow(session, move.before(), after);
        boolean anotherLife =
                move.before().job().status().isFinal() && !after.job().status().isFinal();
        SideTables.change(session, move.edges(), after.id(), anotherLife);
        markers.changed(move.before(), after);
        markers.awaited(move.edges().awaited(), move.edges().awaited());
        if (anotherLife) {
            needed.revived(after.id());
        }
        ended.remove(after.id());
        if (sent.rule() != null && after.job().status().isFinal()) {
            ended.put(after.id(), new Ended(after.job().status(), sent.rule()));
        }
    }

    /** Round by round, those that waited for what ended; what would be too many is left to markers. */
    private void release() throws SQLException {
        for (int room = JobRepository.MAX_DEPENDENTS; !ended.isEmpty() && room > 0; ) {
            Map<JobId, Ended> parents = ended;
            Map<JobId, JobStatus> statuses = new LinkedHashMap<>();
            parents.forEach((id, end) -> statuses.put(id, end.status()));
            List<Edge> edges = SideTables.edges(session, statuses);
            if (edges.size() > room) {
                return;
            }
            room -= edges.size();
            ended = new LinkedHashMap<>();
            release(edges, parents);
            markers.settled(parents.keySet());
        }
    }

    private void release(List<Edge> edges, Map<JobId, Ended> parents) throws SQLException {
        Map<JobId, List<Edge>> byChild =
                edges.stream().collect(Collectors.groupingBy(Edge::child, LinkedHashMap::new, Collectors.toList()));
        List<SentMove> dependents = new ArrayList<>();
        for (StoredJob job : JobRows.stored(session, byChild.keySet())) {
            List<Edge> mine = byChild.get(job.id());
            ReleaseRule rule = parents.get(mine.get(0).parent()).rule();
            dependents.add(move(rule.release(job, mine), rule));
        }
        endRound();
        if (!dependents.stream().allMatch(SentMove::won)) {
            throw new IllegalStateException("a dependent changed within the transaction that read it");
        }
    }
}
