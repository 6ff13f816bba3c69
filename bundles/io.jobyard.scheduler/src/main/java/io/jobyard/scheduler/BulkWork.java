// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobyardException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobRemoval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Executes bulk operations in slices, with each job treated as in a request for it alone. Only for one thread. */
final class BulkWork {

    /** Number of jobs in a slice, small enough that other commits do not wait noticeably. */
    static final int SLICE = 50;

    /**
     * Progress of an operation after a slice.
     *
     * @param isLast whether no job remains
     * @param isEarly whether the slice must be repeated, because the search index does not yet contain all jobs from before the request
     */
    record Slice(StoredBulk bulk, boolean isLast, boolean isEarly) {}

    /** Results of a slice, in addition to its moves. */
    private static final class Counts {
        long refused;

        @Nullable
        String why;

        void refuse(JobyardException cause) {
            refused++;
            why = cause.getMessage();
        }
    }

    private final BulkStore bulks;
    private final JobReads reads;
    private final QueueManager queue;
    private final JobOperations operations;
    private final Decisions decisions;
    private final ChangeDecisions changes;
    private final Access access;
    private Set<String> routed = Set.of();
    private int routedOf;

    BulkWork(
            BulkStore bulks,
            JobReads reads,
            QueueManager queue,
            JobOperations operations,
            Decisions decisions,
            ChangeDecisions changes,
            Access access) {
        this.bulks = bulks;
        this.reads = reads;
        this.queue = queue;
        this.operations = operations;
        this.decisions = decisions;
        this.changes = changes;
        this.access = access;
    }

    /**
     * Executes the next slice.
     *
     * @param removal executes deletions
     */
    Slice next(StoredBulk bulk, @Nullable JobRemoval removal) {
        JobFilter filter = thenThere(bulk);
        JobPage page = reads.find(
                new JobQuery(
                        filter,
                        JobQuery.JobOrder.YOUNGEST_FIRST,
                        bulk.position().after(),
                        removal == null ? SLICE : Retention.SLICE),
                routed(bulk.number(), filter));
        if (bulk.position().after() == null && isBehind(page, bulk)) {
            return new Slice(bulk, false, true);
        }
        List<JobId> ids = page.jobs().stream()
                .filter(job -> bulk.request().action().appliesTo(job.status()))
                .map(job -> job.id())
                .toList();
        Collection<StoredJob> jobs = ids.isEmpty() ? List.of() : reads.jobs(ids).values();
        StoredBulk done = removal == null ? move(bulk, jobs, page) : remove(bulk, jobs, page, removal);
        return new Slice(done, page.next() == null, false);
    }

    private static boolean isBehind(JobPage page, StoredBulk bulk) {
        Instant unknown = page.asOf();
        return unknown != null && !unknown.isAfter(bulk.askedAt());
    }

    /** Excludes jobs that were submitted after the request. */
    private static JobFilter thenThere(StoredBulk bulk) {
        JobFilter filter = bulk.request().filter();
        Instant until = filter.created().until();
        return until != null && until.isBefore(bulk.askedAt()) ? filter : filter.withUntil(bulk.askedAt());
    }

    /** Returns the types as the first slice on this host found them. */
    private Set<String> routed(int number, JobFilter filter) {
        if (number != routedOf) {
            routed = Routes.to(filter, reads, queue.rules());
            routedOf = number;
        }
        return routed;
    }

    private StoredBulk move(StoredBulk bulk, Collection<StoredJob> jobs, JobPage page) {
        Counts counts = new Counts();
        List<Move> moves = new ArrayList<>();
        Retries retries = bulk.request().action() == BulkAction.RETRY ? new Retries(jobs) : null;
        for (StoredJob job : jobs) {
            try {
                access.require(
                        bulk.caller(), BulkOperations.operation(bulk.request().action()), job.job());
                decide(bulk, job, retries).ifPresent(moves::add);
            } catch (JobyardException e) {
                counts.refuse(e);
            }
        }
        StoredBulk further = bulk.further(page.next(), moves.size(), counts.refused, counts.why);
        List<Boolean> made = stored(further, moves);
        Counts late = new Counts();
        for (int n = 0; n < moves.size(); n++) {
            if (!made.get(n)) {
                alone(bulk, moves.get(n).before().id(), late);
            }
        }
        return further.further(null, -late.refused, late.refused, late.why);
    }

    private List<Boolean> stored(StoredBulk further, List<Move> moves) {
        Set<JobId> reserved = new HashSet<>();
        List<Boolean> made = List.of();
        try {
            made = Futures.join(bulks.slice(further, moves, decisions::release));
            return made;
        } finally {
            for (int n = 0; n < moves.size(); n++) {
                if (moves.get(n).beginsAnotherLife() && (made.isEmpty() || !made.get(n))) {
                    reserved.add(moves.get(n).before().id());
                }
            }
            if (!reserved.isEmpty()) {
                queue.admission().unreserve(reserved);
            }
        }
    }

    /** Handles a job that has just changed, or whose key another job holds. The same operation on the single job returns the reason. */
    private void alone(StoredBulk bulk, JobId id, Counts late) {
        Caller caller = bulk.caller();
        try {
            switch (bulk.request().action()) {
                case CANCEL -> operations.cancel(id, caller);
                case RETRY -> operations.retry(id, caller);
                case CHANGE -> operations.change(id, change(bulk), caller);
                case RUN_NOW -> operations.runNow(id, caller);
                case DELETE -> throw new IllegalStateException("removals are no moves");
            }
        } catch (JobyardException e) {
            late.refuse(e);
        }
    }

    private Optional<Move> decide(StoredBulk bulk, StoredJob job, @Nullable Retries retries) {
        Caller caller = bulk.caller();
        return switch (bulk.request().action()) {
            case CANCEL ->
                job.cancelRequested()
                        ? Optional.empty()
                        : Optional.of(
                                decisions.cancel(job, caller.inHistory(), operations.cancelChildren(job, caller)));
            case RETRY -> Optional.of(Objects.requireNonNull(retries).of(job, caller));
            case CHANGE -> changes.change(job, change(bulk), caller);
            case RUN_NOW -> Optional.of(decisions.runNow(job, caller.inHistory()));
            case DELETE -> throw new IllegalStateException("removals are no moves");
        };
    }

    private static JobChange change(StoredBulk bulk) {
        return Objects.requireNonNull(bulk.request().change());
    }

    /** Dependencies of the jobs of a slice, read together. */
    private final class Retries {

        private final Map<JobId, List<JobId>> dependencies;
        private final Map<JobId, StoredJob> parents;
        private final Set<JobId> decided = new HashSet<>();

        Retries(Collection<StoredJob> jobs) {
            dependencies = reads.dependencies(jobs.stream().map(StoredJob::id).toList());
            Set<JobId> all =
                    dependencies.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            parents = all.isEmpty() ? Map.of() : reads.jobs(all);
        }

        /** Reserves room in the submitter's quota. Children come before their parents, because they are younger. */
        Move of(StoredJob job, Caller caller) {
            Move move = decisions.retry(
                    job, dependencies.getOrDefault(job.id(), List.of()), parents, caller.inHistory(), "");
            operations.retryChildren(job, decided, caller);
            queue.admission().reserve(job.job().submitter(), List.of(job.id()));
            decided.add(job.id());
            return move;
        }
    }

    private StoredBulk remove(StoredBulk bulk, Collection<StoredJob> jobs, JobPage page, JobRemoval removal) {
        Counts counts = new Counts();
        List<StoredJob> may = new ArrayList<>();
        for (StoredJob job : jobs) {
            try {
                access.require(bulk.caller(), BulkOperations.operation(BulkAction.DELETE), job.job());
                may.add(job);
            } catch (JobyardException e) {
                counts.refuse(e);
            }
        }
        int gone = may.isEmpty() ? 0 : Futures.join(removal.remove(may)).size();
        if (gone < may.size()) {
            counts.refused += may.size() - gone;
            counts.why = "jobs that others depend on, or that have changed at that moment, stay";
        }
        StoredBulk further = bulk.further(page.next(), gone, counts.refused, counts.why);
        Futures.join(bulks.slice(further, List.of(), decisions::release));
        return further;
    }
}
