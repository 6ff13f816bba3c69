// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.ReleaseSlice;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintenance of the host: requeues runs of ended incarnations, releases dependents and makes due moves. Each method handles one slice and
 * returns whether it found anything. After a crash between two slices, the next call finds the rest. Only for one thread.
 */
public final class MaintenanceTasks {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceTasks.class);
    private static final int SLICE = 500;
    /** Maximum number of runs in a slice. A host rarely has more at the same time. */
    private static final int MOST_RUNS = 100;

    private final JobStore jobs;
    private final WorkStore work;
    private final JobReads reads;
    private final Decisions decisions;
    private final UnservedTypeExpiry unknownTypes;
    private final BundleQuarantine quarantine;
    private final Clock clock;
    private final Recovery recovery = new Recovery();
    private final UnawaitedChildren unawaited;
    private volatile boolean alone = true;
    private boolean told;

    MaintenanceTasks(
            JobStore jobs,
            WorkStore work,
            JobReads reads,
            Decisions decisions,
            UnservedTypeExpiry unknownTypes,
            BundleQuarantine quarantine,
            Clock clock) {
        this.quarantine = quarantine;
        this.unknownTypes = unknownTypes;
        this.jobs = jobs;
        this.work = work;
        this.reads = reads;
        this.clock = clock;
        this.decisions = decisions;
        unawaited = new UnawaitedChildren(work, reads, decisions, this::store);
    }

    /** Records the current hosts and the leader. Safe for all threads. */
    void hosts(Hosts hosts) {
        alone = hosts.living().size() == 1;
        unknownTypes.hosts(hosts);
        recovery.follow(hosts.isLeader());
    }

    /** Waits until every run of ended incarnations is requeued, because only then this host may start jobs. Safe for all threads. */
    boolean awaitRecovered(Duration timeout) throws InterruptedException {
        return recovery.await(timeout);
    }

    public boolean recover() {
        int leadership = recovery.leadership();
        List<StoredJob> lost = jobs.lostRuns(SLICE);
        if (!told) {
            quarantine.hostBegan(lost.stream()
                    .filter(job ->
                            alone || isOfThisMachine(job.job().state().run().host()))
                    .limit(MOST_RUNS)
                    .flatMap(this::bundle)
                    .collect(Collectors.toSet()));
            told = true;
        }
        if (!lost.isEmpty()) {
            store(lost.stream().map(decisions::hostLost).toList());
            LOG.info("Requeued the runs of crashed hosts: count={}", lost.size());
        } else {
            recovery.done(leadership);
        }
        return !lost.isEmpty();
    }

    /** Returns whether an earlier host had the same name and another process. */
    private boolean isOfThisMachine(@Nullable String host) {
        return host != null && machine(host).equals(machine(jobs.host()));
    }

    private static String machine(String host) {
        int process = host.lastIndexOf(':');
        return process < 0 ? host : host.substring(0, process);
    }

    /** Returns the bundle of the job's handler at its last start. */
    private Stream<String> bundle(StoredJob job) {
        return reads.history(job.id()).stream()
                .map(one -> one.run().handler())
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .map(HandlerName::bundle)
                .stream();
    }

    public boolean release() {
        Map<JobId, StoredJob> children = reads.jobs(
                jobs.releases(SLICE).edges().stream().map(Edge::child).collect(Collectors.toSet()));
        ReleaseSlice releases = jobs.releases(SLICE); // after the jobs: a later removal of an edge changes its job
        if (releases.parents().isEmpty()) {
            return false;
        }
        Map<JobId, List<Edge>> byChild = releases.edges().stream()
                .filter(edge -> edge.outcome().isFinished()) // otherwise the job was retried during the read
                .collect(Collectors.groupingBy(Edge::child));
        boolean unread = byChild.keySet().retainAll(children.keySet());
        List<Move> moves = new ArrayList<>();
        byChild.forEach(
                (child, edges) -> moves.add(decisions.release(Objects.requireNonNull(children.get(child)), edges)));
        List<CompletableFuture<Boolean>> answers =
                moves.stream().map(this::move).toList();
        CompletableFuture<Void> released = jobs.released(releases.parents()); // in the commit of the moves
        boolean all = Futures.joinAll(answers);
        Futures.join(released);
        boolean ended =
                moves.stream().anyMatch(move -> move.state().status().isFinished()); // also releases its own dependents
        return !all || ended || unread || releases.edges().size() == SLICE;
    }

    public boolean due() {
        List<StoredJob> due = jobs.due(clock.instant(), SLICE);
        List<Move> moves = new ArrayList<>();
        List<JobId> parents = due.stream()
                .filter(job -> job.reason() == Reason.CHILDREN)
                .map(StoredJob::id)
                .toList();
        Map<JobId, List<JobId>> children = parents.isEmpty() ? Map.of() : work.children(parents);
        Map<JobId, JobId> left = new LinkedHashMap<>();
        for (StoredJob job : due) {
            List<JobId> awaited = children.getOrDefault(job.id(), List.of());
            decisions.due(job, awaited).ifPresent(move -> {
                moves.add(move);
                if (move.state().status().isFinished()) {
                    awaited.forEach(child -> left.put(child, job.id()));
                }
            });
        }
        boolean more = !moves.isEmpty();
        if (!unawaited.cancel(left)) { // before the jobs themselves, which are still due after an interruption
            moves.removeIf(move -> left.containsValue(move.before().id()));
        }
        store(moves);
        return more;
    }

    public boolean failUnknownTypes() {
        boolean more = false;
        for (LaneKey lane : unknownTypes.over()) {
            List<JobId> ids =
                    reads.ready(lane, null, SLICE).stream().map(ReadyJob::id).toList();
            store(reads.jobs(ids).values().stream()
                    .filter(job -> job.job().status() == JobStatus.QUEUED)
                    .map(decisions::unknownType)
                    .toList());
            more |= ids.size() == SLICE;
        }
        return more;
    }

    private CompletableFuture<Boolean> move(Move move) {
        return jobs.move(move, decisions::release);
    }

    /** Returns whether all moves are stored. A move of a job that has changed meanwhile is decided again in the next slice. */
    private boolean store(Collection<Move> moves) {
        List<CompletableFuture<Boolean>> answers =
                moves.stream().map(this::move).toList();
        return Futures.joinAll(answers);
    }
}
