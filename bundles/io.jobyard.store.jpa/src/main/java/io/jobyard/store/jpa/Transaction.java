// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several changes as few batches, with the effect that they would have one by one. What touches the same job or key as
 * an earlier change begins a new round of batches.
 */
final class Transaction {

    /** What the changes came to. */
    record Applied(
            List<Change> changes, Set<Change> lost, List<Committed> committed, LogTable.@Nullable Place logged) {}

    private record Key(String submitter, String key) {}

    private final Session session;
    private final LaneTable lanes;
    private final LogTable logs;
    private final LimitTables limits = new LimitTables();
    private final Markers markers = new Markers();
    private final Set<Object> touched = new HashSet<>();
    private final List<Change.Moving> plain = new ArrayList<>();
    private final List<Change.Moving> placed = new ArrayList<>();
    private final Set<Change> lost = Collections.newSetFromMap(new IdentityHashMap<>());

    Transaction(Session session, LaneTable lanes, LogTable logs) {
        this.session = session;
        this.lanes = lanes;
        this.logs = logs;
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
            } else if (change instanceof Change.Pausing pausing) {
                LimitTables.pause(session, pausing.pause());
            } else if (change instanceof Change.Resuming resuming) {
                LimitTables.resume(session, resuming.queue());
            }
        }
        endRound();
        limits.run(session);
        LogTable.Place logged = logs.run(session);
        return new Applied(changes, lost, committed(changes, markers.write(session)), logged);
    }

    private void admit(List<AdmittedJob> jobs) throws SQLException {
        for (AdmittedJob job : jobs) {
            touch(job.stored());
            Statements.insert(session, job, lane(job.stored()));
            SideTables.follow(session, null, job.stored());
            SideTables.addEdges(session, job.edges(), job.stored().id());
            markers.admitted(job);
        }
    }

    private void move(Change.Moving moving) throws SQLException {
        Move move = moving.move();
        StoredJob after = move.after();
        touch(after);
        Integer lane = lane(after);
        if (lane == null && lane(move.before()) == null) {
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
        Statements.run(session);
        SideTables.run(session);
        touched.clear();
    }

    private void decide(List<Change.Moving> moves, int[] counts) throws SQLException {
        for (int n = 0; n < moves.size(); n++) {
            if (counts[n] == 1) {
                won(moves.get(n).move(), moves.get(n).move().after());
            } else {
                lost.add(moves.get(n));
            }
        }
        moves.clear();
    }

    private void won(Move move, StoredJob after) throws SQLException {
        if (move.event() != null) {
            Statements.event(session, after, move.event());
        }
        Texts.RESULT.add(session, after.id(), move.result());
        SideTables.follow(session, move.before(), after);
        SideTables.removeEdges(session, move.released(), after.id());
        markers.changed(move.before(), after);
    }

    private List<Committed> committed(List<Change> changes, Set<JobId> marked) {
        List<Committed> committed = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Admission admission) {
                for (AdmittedJob job : admission.jobs()) {
                    boolean releases = job.edges().stream().anyMatch(marked::contains);
                    committed.add(new Committed(null, job.stored(), releases));
                }
            } else if (change instanceof Change.Moving moving && !lost.contains(change)) {
                StoredJob after = moving.move().after();
                boolean releases = after.job().status().isFinal() && marked.contains(after.id());
                committed.add(new Committed(moving.move().before(), after, releases));
            }
        }
        return committed;
    }
}
