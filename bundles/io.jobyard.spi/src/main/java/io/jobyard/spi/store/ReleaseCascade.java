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
 * Dependents that one transaction of a store releases together with the ends that they waited for: round by round, at most {@value
 * JobStore#MAX_DEPENDENTS}. The others keep their edges, for a release marker. Used by every store. For one thread.
 */
public final class ReleaseCascade {

    /**
     * The tables, within the transaction.
     *
     * @param <E> their exception
     */
    @ConsumerType
    public interface CascadeTables<E extends Exception> {

        /**
         * Returns the edges that lead from finished jobs.
         *
         * @return the edges; if there are more than {@value JobStore#MAX_DEPENDENTS}, at least one more than that
         * @throws E if they cannot be read
         */
        List<Edge> edges(Map<JobId, JobStatus> ended) throws E;

        /**
         * Finds dependents, as in the transaction.
         *
         * @param ids existing jobs
         * @throws E if they cannot be read
         */
        List<StoredJob> jobs(Collection<JobId> ids) throws E;

        /**
         * Makes the changes of one round, and passes each to {@link ReleaseCascade#changed}.
         *
         * @param dependents the changes, of one job each
         * @throws E if one cannot be made
         */
        void move(List<Dependent> dependents) throws E;

        /**
         * Records that jobs have no more edges.
         *
         * @param parents finished jobs
         * @throws E if that cannot be recorded
         */
        void settled(Set<JobId> parents) throws E;
    }

    /**
     * A change because of the end of another job.
     *
     * @param rule its effect on dependents of this job
     */
    public record Dependent(Move move, ReleaseRule rule) {}

    private record Ended(JobStatus status, ReleaseRule rule) {}

    private Map<JobId, Ended> ended = new LinkedHashMap<>();

    /** Begins without finished jobs. */
    public ReleaseCascade() {}

    /**
     * Adds a change of the transaction, with the job as it is now. If it ends the job, the rule is its effect on dependents; null if they
     * wait for a release marker.
     */
    public void changed(StoredJob after, @Nullable ReleaseRule rule) {
        ended.remove(after.id());
        if (rule != null && after.job().status().isFinished()) {
            ended.put(after.id(), new Ended(after.job().status(), rule));
        }
    }

    /**
     * Releases the dependents, and theirs if they end by it, while they are few. All changes of a round are decided before the first is
     * made.
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
