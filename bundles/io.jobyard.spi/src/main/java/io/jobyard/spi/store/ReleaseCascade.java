// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Dependents that one transaction releases together with the ends of their dependencies, in rounds, at most {@value
 * JobStore#MAX_DEPENDENTS}. The remaining dependents keep their edges, for a release marker. Every store uses this class. Only for one
 * thread.
 */
public final class ReleaseCascade {

    /**
     * Access to the tables, within the transaction.
     *
     * @param <E> exception of the tables
     */
    @ConsumerType
    public interface CascadeTables<E extends Exception> {

        /**
         * Returns the edges that lead from finished jobs.
         *
         * @return edges; if there are more than {@value JobStore#MAX_DEPENDENTS}, at least one more than that
         * @throws E if they cannot be read
         */
        List<Edge> edges(Map<JobId, JobStatus> ended) throws E;

        /**
         * Returns dependents in their state within the transaction.
         *
         * @param ids IDs of existing jobs
         * @throws E if they cannot be read
         */
        List<StoredJob> jobs(Collection<JobId> ids) throws E;

        /**
         * Makes the changes of one round, and passes each to {@link ReleaseCascade#changed}.
         *
         * @param dependents changes, each of another job
         * @throws E if a change cannot be made
         */
        void move(List<Dependent> dependents) throws E;

        /**
         * Records that jobs have no edges left.
         *
         * @param parents finished jobs
         * @throws E if that cannot be recorded
         */
        void settled(Set<JobId> parents) throws E;
    }

    /**
     * Change of a job, caused by the end of another job.
     *
     * @param rule effect on dependents of this job
     */
    public record Dependent(Move move, ReleaseRule rule) {}

    private record Ended(JobStatus status, ReleaseRule rule) {}

    private Map<JobId, Ended> ended = new LinkedHashMap<>();

    /** Creates a cascade without finished jobs. */
    public ReleaseCascade() {}

    /**
     * Adds a change of the transaction, with the current state of the job.
     *
     * @param rule effect on dependents if the change finishes the job; null if they wait for a release marker
     */
    public void changed(StoredJob after, @Nullable ReleaseRule rule) {
        ended.remove(after.id());
        if (rule != null && after.job().status().isFinished()) {
            ended.put(after.id(), new Ended(after.job().status(), rule));
        }
    }

    /**
     * Releases the dependents, and the dependents of those that finish because of this, while there are few. All changes of a round are
     * decided before the first change is made.
     *
     * @param <E> the tables' exception
     * @throws E if the tables fail; exceptions of a rule are passed on too
     */
    public <E extends Exception> void release(CascadeTables<E> tables) throws E {
        for (int room = JobStore.MAX_DEPENDENTS; !ended.isEmpty() && room > 0; ) {
            Map<JobId, Ended> parents = ended;
            Map<JobId, JobStatus> statuses = new LinkedHashMap<>();
            parents.forEach((id, end) -> statuses.put(id, end.status()));
            List<Edge> edges = tables.edges(statuses);
            if (edges.size() > room) {
                return;
            }
            room -= edges.size();
            ended = new LinkedHashMap<>();
            tables.move(decide(tables, edges, parents));
            tables.settled(parents.keySet());
        }
    }

    private static <E extends Exception> List<Dependent> decide(
            CascadeTables<E> tables, List<Edge> edges, Map<JobId, Ended> parents) throws E {
        Map<JobId, List<Edge>> byChild =
                edges.stream().collect(Collectors.groupingBy(Edge::child, LinkedHashMap::new, Collectors.toList()));
        List<Dependent> dependents = new ArrayList<>();
        for (StoredJob job : tables.jobs(byChild.keySet())) {
            List<Edge> mine = Objects.requireNonNull(byChild.get(job.id()));
            ReleaseRule rule =
                    Objects.requireNonNull(parents.get(mine.get(0).parent())).rule();
            dependents.add(new Dependent(rule.release(job, mine), rule));
        }
        return dependents;
    }
}
