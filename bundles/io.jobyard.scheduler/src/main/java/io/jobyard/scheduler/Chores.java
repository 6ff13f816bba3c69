// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.spi.Futures;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.ReleaseSlice;
import io.jobyard.api.spi.StoredJob;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the host does for jobs that nobody calls for: runs of ended incarnations go back, dependents are released, time
 * moves jobs on. Each method does one slice and tells whether there was something; a crash between two slices leaves
 * the rest where it is found again. Used by one thread.
 */
final class Chores {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
    private static final int SLICE = 500;
    /** More than a host has at once. */
    private static final int MOST_RUNS = 100;

    private final JobRepository repository;
    private final Decisions decisions;
    private final UnknownTypes unknownTypes;
    private final BundleQuarantine quarantine;
    private final Clock clock;
    private boolean told;

    Chores(
            JobRepository repository,
            Decisions decisions,
            UnknownTypes unknownTypes,
            BundleQuarantine quarantine,
            Clock clock) {
        this.quarantine = quarantine;
        this.unknownTypes = unknownTypes;
        this.repository = repository;
        this.clock = clock;
        this.decisions = decisions;
    }

    boolean recover() {
        List<StoredJob> lost = repository.lostRuns(SLICE);
        if (!told) {
            quarantine.hostBegan(
                    lost.stream().limit(MOST_RUNS).flatMap(this::bundle).collect(Collectors.toSet()));
            told = true;
        }
        if (!lost.isEmpty()) {
            store(lost.stream().map(decisions::hostLost).toList());
            LOG.info("Took back {} runs of a host that ended without a word", lost.size());
        }
        return !lost.isEmpty();
    }

    /** Whose handler the job was given to when it started last. */
    private Stream<String> bundle(StoredJob job) {
        return repository.history(job.id()).stream()
                .map(HistoryEvent::handler)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .map(HandlerName::bundle)
                .stream();
    }

    boolean release() {
        Map<JobId, StoredJob> jobs = repository.jobs(
                repository.releases(SLICE).edges().stream().map(Edge::child).collect(Collectors.toSet()));
        ReleaseSlice releases =
                repository.releases(SLICE); // after the jobs: an edge that goes from now on changes its job
        if (releases.parents().isEmpty()) {
            return false;
        }
        Map<JobId, List<Edge>> byChild = releases.edges().stream()
                .filter(edge -> edge.outcome().isFinal()) // else it was retried in the middle of the reading
                .collect(Collectors.groupingBy(Edge::child));
        boolean unread = byChild.keySet().retainAll(jobs.keySet());
        List<Move> moves = new ArrayList<>();
        byChild.forEach((child, edges) -> moves.add(decisions.release(jobs.get(child), edges)));
        List<CompletableFuture<Boolean>> answers =
                moves.stream().map(this::move).toList();
        CompletableFuture<Void> released = repository.released(releases.parents()); // shares the commit of the moves
        boolean all = Futures.joinAll(answers);
        Futures.join(released);
        boolean ended = moves.stream().anyMatch(move -> move.state().status().isFinal()); // and is waited for in turn
        return !all || ended || unread || releases.edges().size() == SLICE;
    }

    boolean due() {
        List<StoredJob> due = repository.due(clock.instant(), SLICE);
        List<Move> moves = new ArrayList<>();
        due.forEach(job -> decisions.due(job).ifPresent(moves::add));
        store(moves);
        return !moves.isEmpty();
    }

    boolean failUnknownTypes() {
        boolean more = false;
        for (LaneKey lane : unknownTypes.over()) {
            List<JobId> ids = repository.ready(lane, null, SLICE).stream()
                    .map(ReadyJob::id)
                    .toList();
            store(repository.jobs(ids).values().stream()
                    .filter(job -> job.job().status() == JobStatus.QUEUED)
                    .map(decisions::unknownType)
                    .toList());
            more |= ids.size() == SLICE;
        }
        return more;
    }

    private CompletableFuture<Boolean> move(Move move) {
        return repository.move(move, decisions::release);
    }

    private void store(Collection<Move> moves) {
        List<CompletableFuture<Boolean>> answers =
                moves.stream().map(this::move).toList();
        Futures.joinAll(answers); // a move that lost its race is decided anew in the next slice
    }
}
