// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The release markers of one transaction, written at its end: the statements of the store, one by one. */
final class MarkerRows {

    private final Database rows;
    private final OpenTransaction session;
    private final SeededFault fault;
    private final Set<JobId> ended = new TreeSet<>();
    private final Set<JobId> again = new TreeSet<>();
    private final Set<JobId> parents = new HashSet<>();
    private final Set<JobId> named = new TreeSet<>();
    private final Set<JobId> admitted = new HashSet<>();
    private final List<JobId> released = new ArrayList<>();

    MarkerRows(Database rows, OpenTransaction session, SeededFault fault) {
        this.rows = rows;
        this.session = session;
        this.fault = fault;
    }

    void admitted(AdmittedJob job) {
        admitted.add(job.stored().id());
        parents.addAll(job.edges());
        named.addAll(job.dependencies());
    }

    void changed(Move move) {
        JobId id = move.before().id();
        if (move.state().status().isFinished()) {
            ended.add(id);
            again.remove(id);
        } else if (move.beginsAnotherLife()) {
            ended.remove(id);
            again.add(id);
        }
        parents.addAll(move.edges().awaited());
        named.addAll(move.edges().awaited());
    }

    void settled(Set<JobId> done) {
        ended.removeAll(done);
    }

    void released(Collection<JobId> done) {
        released.addAll(done);
    }

    /** Which jobs are marked now and stand in this transaction. */
    Set<JobId> write() {
        named.removeAll(admitted);
        named.forEach(this::hold);
        Set<JobId> marked = new TreeSet<>(ended);
        marked.removeIf(parent -> !hasEdges(parent));
        Set<JobId> missing = new TreeSet<>(marked);
        missing.removeIf(parent -> rows.markers.get(session, parent) != null);
        again.forEach(this::remove);
        missing.forEach(this::insert);
        if (fault != SeededFault.UNMARKED_NOT_HELD) {
            released.forEach(parent -> session.lock(rows.jobs, parent, RowLock.FOR_UPDATE));
        }
        released.stream().filter(parent -> !hasEdges(parent)).forEach(this::remove);
        return marked;
    }

    private void hold(JobId parent) {
        StoredJob job = rows.jobs.get(session, parent);
        if (job == null) {
            throw new StoreException("a dependency was removed: " + parent, null);
        }
        if (fault != SeededFault.PARENTS_NOT_HELD) {
            session.lock(rows.jobs, parent, RowLock.SHARE);
        }
        if (parents.contains(parent) && job.status().isFinished()) {
            ended.add(parent);
        }
    }

    private boolean hasEdges(JobId parent) {
        return rows.edges.rows(session).keySet().stream()
                .anyMatch(edge -> edge.parent().equals(parent));
    }

    /** A unique row: who comes second waits, and fails if the first one is committed. */
    private void insert(JobId parent) {
        session.lock(rows.markers, parent, RowLock.FOR_UPDATE);
        rows.markers.put(session, parent, true);
    }

    private void remove(JobId parent) {
        if (rows.markers.get(session, parent) != null) {
            session.lock(rows.markers, parent, RowLock.FOR_UPDATE);
            rows.markers.remove(session, parent);
        }
    }
}
