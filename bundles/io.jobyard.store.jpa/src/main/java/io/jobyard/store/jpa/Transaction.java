// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LoadedJob;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReleaseRule;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several changes as few batches, with the effect that they would have one by one. What touches the same job or key as
 * an earlier change begins a new round of batches. In the last rounds, what ended takes those along that waited for it.
 */
final class Transaction {

    /** What the changes came to. */
    record Applied(
            List<Change> changes,
            Set<Change> lost,
            List<Committed> committed,
            Map<JobId, String> payloads,
            LogTable.@Nullable Place logged) {

        /** Whether a row tells that it was committed; if none does, to make it twice changes nothing more. */
        boolean leavesTrace() {
            return !committed.isEmpty() || logged != null;
        }
    }

    private record Ended(JobStatus status, ReleaseRule rule) {}

    private record Key(String submitter, String key) {}

    private final Session session;
    private final LaneTable lanes;
    private final LogTable logs;
    private final EventNumbers numbers;
    private final Needed needed;
    private final AuditTable audit;
    private final LimitTables limits = new LimitTables();
    private final Markers markers = new Markers();
    private final Set<Object> touched = new HashSet<>();
    private final List<Change.Moving> plain = new ArrayList<>();
    private final List<Change.Moving> placed = new ArrayList<>();
    private final List<Change.Moving> changed = new ArrayList<>();
    private final List<Change.Moving> dependents = new ArrayList<>();
    private Map<JobId, Ended> ended = new LinkedHashMap<>();
    private final Map<JobId, String> payloads = new HashMap<>();
    /** By the admitted job, or the change. */
    private final Map<Object, JobEvent> events = new IdentityHashMap<>();

    private final Set<Change> lost = Collections.newSetFromMap(new IdentityHashMap<>());

    Transaction(
            Session session, LaneTable lanes, LogTable logs, EventNumbers numbers, Needed needed, AuditTable audit) {
        this.session = session;
        this.lanes = lanes;
        this.logs = logs;
        this.numbers = numbers;
        this.needed = needed;
        this.audit = audit;
    }

    /** Sends all to the database and leaves the commit to the caller. */
    Applied apply(List<Change> changes) throws SQLException {
        for (Change change : changes) {
            if (change instanceof Change.Admission admission) {
                admit(admission.jobs());
            } else if (change instanceof Change.Moving moving) {
                move(moving);
            } else if (change instanceof Change.Release release) {
                markers.released(release.parents());
            } else if (change instanceof Change.Logging logging) {
                logs.add(session, logging.job(), logging.lines());
            } else if (change instanceof Change.Serving serving) {
                ServedTypes.add(session, serving.types(), serving.now());
            } else if (change instanceof Change.Levels drawn) {
                limits.add(drawn.levels());
            } else if (change instanceof Change.Auditing auditing) {
                audit.add(session, auditing.entry());
            } else if (change instanceof Change.Cutting cutting) {
                AuditTable.cut(session, cutting.life(), cutting.upTo());
            } else if (change instanceof Change.Pausing pausing) {
                LimitTables.pause(session, pausing.pause());
                audit.add(session, pausing.audit());
            } else if (change instanceof Change.Resuming resuming) {
                LimitTables.resume(session, resuming.queue());
                audit.add(session, resuming.audit());
            }
        }
        endRound();
        release();
        limits.run(session);
        audit.run(session);
        LogTable.Place logged = logs.run(session);
        return new Applied(changes, lost, committed(changes, markers.write(session)), payloads, logged);
    }

    private void admit(List<AdmittedJob> jobs) throws SQLException {
        for (AdmittedJob job : jobs) {
            touch(job.stored());
            JobEvent event = Events.of(numbers.next(), job.stored(), job.event());
            events.put(job, event);
            Statements.insert(session, job, lane(job.stored()), event.cursor());
            SideTables.follow(session, null, job.stored());
            SideTables.addEdges(session, job.edges(), job.stored().id());
            markers.admitted(job);
            needed.named(job.dependencies());
            payloads.put(job.stored().id(), job.payload());
        }
    }

    private void move(Change.Moving moving) throws SQLException {
        Move move = moving.move();
        StoredJob after = move.after();
        touch(after);
        Integer lane = lane(after);
        if (move.changesTerms()) {
            Statements.change(session, move, lane);
            changed.add(moving);
        } else if (lane == null && lane(move.before()) == null) {
            Statements.update(session, move);
            plain.add(moving);
        } else {
            Statements.update(session, move, lane);
            placed.add(moving);
        }
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
        decide(plain, session.batch(Statements.UPDATE).run());
        decide(placed, session.batch(Statements.UPDATE_PLACE).run());
        decide(changed, session.batch(Statements.UPDATE_TERMS).run());
        Statements.run(session);
        SideTables.run(session);
        touched.clear();
    }

    private void decide(List<Change.Moving> moves, int[] counts) throws SQLException {
        for (int n = 0; n < moves.size(); n++) {
            if (counts[n] == 1) {
                won(moves.get(n), moves.get(n).move().after());
            } else {
                lost.add(moves.get(n));
            }
        }
        moves.clear();
    }

    private void won(Change.Moving moving, StoredJob after) throws SQLException {
        Move move = moving.move();
        if (move.event() != null) {
            JobEvent event = Events.of(numbers.next(), after, move.event());
            events.put(moving, event);
            Statements.event(session, after, move.event(), event.cursor());
        }
        if (move.audit() != null) {
            audit.add(session, move.audit());
        }
        Texts.RESULT.add(session, after.id(), move.result());
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
        if (moving.rule() != null && after.job().status().isFinal()) {
            ended.put(after.id(), new Ended(after.job().status(), moving.rule()));
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
        int before = dependents.size();
        for (LoadedJob loaded : Rows.load(session, byChild.keySet())) {
            StoredJob job = loaded.stored();
            payloads.put(job.id(), loaded.payload());
            List<Edge> mine = byChild.get(job.id());
            ReleaseRule rule = parents.get(mine.get(0).parent()).rule();
            dependents.add(new Change.Moving(rule.release(job, mine), rule, new CompletableFuture<>()));
        }
        for (Change.Moving moving : dependents.subList(before, dependents.size())) {
            move(moving);
        }
        endRound();
        if (dependents.stream().anyMatch(lost::contains)) {
            throw new IllegalStateException("a dependent changed within the transaction that read it");
        }
    }

    private List<Committed> committed(List<Change> changes, Set<JobId> marked) {
        List<Committed> committed = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Admission admission) {
                for (AdmittedJob job : admission.jobs()) {
                    boolean releases = job.edges().stream().anyMatch(marked::contains);
                    committed.add(new Committed(null, job.stored(), releases, events.get(job)));
                }
            } else if (change instanceof Change.Moving moving && !lost.contains(change)) {
                committed.add(committed(moving, marked));
            }
        }
        dependents.forEach(moving -> committed.add(committed(moving, marked)));
        return committed;
    }

    private Committed committed(Change.Moving moving, Set<JobId> marked) {
        StoredJob after = moving.move().after();
        boolean releases = after.job().status().isFinal() && marked.contains(after.id())
                || moving.move().edges().awaited().stream().anyMatch(marked::contains);
        return new Committed(moving.move().before(), after, releases, events.get(moving));
    }
}
