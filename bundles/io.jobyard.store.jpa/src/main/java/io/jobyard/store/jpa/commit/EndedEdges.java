// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobStore;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.sql.Answer;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edges that lead from the jobs that a transaction ends. Where statements travel together they are asked for behind the updates that
 * end the jobs, in the same message; an edge that the transaction itself makes or removes after that has them asked for again.
 */
final class EndedEdges {

    private final Session session;
    private Map<JobId, JobStatus> asked = Map.of();
    private @Nullable Answer<List<Edge>> ahead;

    EndedEdges(Session session) {
        this.session = session;
    }

    /** Asks for those of the moves that are about to end their jobs, whose updates wait to be sent. */
    void askAhead(Collection<List<PendingMove>> moves) throws SQLException {
        if (!session.sendsTogether()) {
            return;
        }
        Map<JobId, JobStatus> ends = new LinkedHashMap<>();
        for (List<PendingMove> some : moves) {
            for (PendingMove move : some) {
                JobStatus status = move.move().after().job().status();
                if (move.rule() != null && status.isFinished()) {
                    ends.put(move.move().after().id(), status);
                }
            }
        }
        if (!ends.isEmpty()) {
            asked = ends;
            ahead = EdgeAndKeyTables.edges(session, ends);
        }
    }

    /** Whether the transaction changes an edge. */
    void changed(boolean any) {
        if (any) {
            ahead = null;
        }
    }

    /** Those of jobs that have ended; of more than a commit releases, one more than that. */
    List<Edge> of(Map<JobId, JobStatus> ended) throws SQLException {
        if (ahead != null && asked.keySet().containsAll(ended.keySet())) {
            List<Edge> found = ahead.get();
            if (found.size() <= JobStore.MAX_DEPENDENTS) {
                return found.stream()
                        .filter(edge -> ended.containsKey(edge.parent()))
                        .toList();
            }
        }
        return EdgeAndKeyTables.edges(session, ended).get();
    }
}
