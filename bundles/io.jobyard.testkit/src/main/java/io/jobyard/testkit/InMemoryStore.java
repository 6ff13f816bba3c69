// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.StartRule;
import io.jobyard.spi.usage.UsageStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Store in memory that passes the same conformance suite as the real store. Changes are made one after the other. With one calling thread,
 * each change is finished, and its future complete, when the call returns. A change that a listener makes follows the change that it is
 * notified of.
 */
public final class InMemoryStore extends InMemoryLimits implements AllStores {

    private final BulkStore bulks;
    private final IdentityStore identities;
    private final WorkStore work;
    private volatile @Nullable AdmissionStarts starts;

    /** Creates an empty store whose audit begins at the epoch. */
    public InMemoryStore(UUID incarnation, String host) {
        this(incarnation, host, Instant.EPOCH);
    }

    /** Creates an empty store. */
    public InMemoryStore(UUID incarnation, String host, Instant begun) {
        this(incarnation, host, begun, new InMemoryTables());
    }

    private InMemoryStore(UUID incarnation, String host, Instant begun, InMemoryTables tables) {
        super(incarnation, host, begun, tables);
        bulks = new InMemoryBulks(this, this, tables.bulks);
        identities = new InMemoryIdentities(
                tables.identities,
                entry -> commits.write(
                        () -> tables.audit.append(incarnation, entry), CommitListener::identitiesChanged));
        work = new InMemoryWork(
                tables, commits, move -> moved(move, null), entry -> tables.audit.append(incarnation, entry));
    }

    /** Returns the bulk operations. */
    public BulkStore bulks() {
        return bulks;
    }

    /** Returns the users, tokens and sessions. */
    public IdentityStore identities() {
        return identities;
    }

    /** Returns the positions of followers. */
    public FollowerStore followers() {
        return new InMemoryFollowers(tables, commits);
    }

    /** Returns the requests with a request key. */
    public RequestStore requests() {
        return new InMemoryRequests(tables, commits);
    }

    /** Returns the submissions from SQL, as a host of this store sees them. */
    public InMemorySubmissions submissions(Clock clock) {
        return new InMemorySubmissions(tables, commits, clock);
    }

    /** Returns the stored steps, signals and streams. */
    public WorkStore work() {
        return work;
    }

    /** Returns the schedules. */
    public ScheduleStore schedules() {
        return new InMemorySchedules(tables, commits, incarnation());
    }

    /** Returns the usage by runs. */
    public UsageStore usage() {
        return new InMemoryUsage(tables, commits);
    }

    /** Returns the samples of the numbers of jobs. */
    public SampleStore samples() {
        return new InMemorySamples(tables, commits);
    }

    /**
     * Simulates the end of the host and its next start: this store accepts no further changes, and the returned one has its content,
     * without listeners.
     */
    public InMemoryStore restart(UUID next, String nextHost) {
        return restart(next, nextHost, Instant.EPOCH);
    }

    /** Simulates the end of the host and its next start at an instant. */
    public InMemoryStore restart(UUID next, String nextHost, Instant begun) {
        commits.close();
        return new InMemoryStore(next, nextHost, begun, tables);
    }

    /** Sets the routing for jobs without a queue. */
    public void ask(Routing routing) {
        tables.events.ask(routing);
    }

    /** Adds a listener. Between two changes it gets a snapshot, and from then on every change. */
    public void listen(CommitListener listener) {
        commits.listen(listener, this::snapshot, this::hosts);
    }

    @Override
    public CompletableFuture<Void> admit(List<AdmittedJob> jobs) {
        InMemoryAdmission admission = new InMemoryAdmission(tables, List.copyOf(jobs), starts);
        return commits.admit(admission::store, admission::settle);
    }

    @Override
    public void startWith(AdmissionStarts rule) {
        starts = rule;
    }

    /** Changes a job. Dependents of a finished job wait for a release marker. */
    public CompletableFuture<Boolean> move(Move move) {
        return move(move, null);
    }

    @Override
    public CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule) {
        return commits.change(() -> moved(move, rule), done -> !done.isEmpty());
    }

    @Override
    public CompletableFuture<Boolean> replace(Move move, String payload) {
        return commits.change(
                () -> {
                    List<Committed> done = moved(move, null);
                    if (!done.isEmpty()) {
                        tables.replacePayload(move.before().id(), payload);
                    }
                    return done;
                },
                done -> !done.isEmpty());
    }

    @Override
    public CompletableFuture<ClaimResult> claim(List<ClaimCandidate> positions, StartRule rule) {
        InMemoryClaim claim = new InMemoryClaim(tables, List.copyOf(positions), rule);
        return commits.change(claim::start, done -> claim.claimed());
    }

    private List<Committed> moved(Move move, @Nullable ReleaseRule rule) {
        List<Committed> done = new InMemoryCascade(tables).move(move, rule);
        if (!done.isEmpty() && move.audit() != null) {
            tables.audit.append(incarnation(), move.audit());
        }
        return done;
    }

    /** Returns no hosts, because the host of this store is the leader and the only host. */
    @Override
    public List<Assignment> assigned(List<JobEvent> starts) {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> released(Collection<JobId> parents) {
        List<JobId> copy = List.copyOf(parents);
        return commits.write(() -> tables.released(copy));
    }

    @Override
    public CompletableFuture<Void> log(JobId id, List<LogLine> lines) {
        List<LogLine> copy = List.copyOf(lines);
        return commits.write(() -> tables.log(id, copy), listener -> listener.logged(id));
    }

    @Override
    public JobRemoval removal() {
        return new InMemoryRemoval(tables, commits);
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return commits.read(() -> {
            return tables.jobs.values().stream()
                    .filter(job -> job.job().status() == JobStatus.RUNNING)
                    .filter(job -> !incarnation().equals(job.books().incarnation()))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return commits.read(() -> {
            return tables.indexes.timers.stream()
                    .takeWhile(due -> !due.at().isAfter(until))
                    .limit(limit)
                    .map(due -> tables.jobs.get(due.id()))
                    .toList();
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return commits.read(() -> {
            return tables.indexes.timers.stream().findFirst().map(InMemoryIndexes.Due::at);
        });
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return commits.read(() -> {
            Set<JobId> parents = new LinkedHashSet<>();
            List<Edge> edges = new ArrayList<>();
            for (JobId parent : tables.markers) {
                if (edges.size() >= limit) {
                    break;
                }
                parents.add(parent);
                JobStatus outcome = tables.job(parent).job().status();
                tables.edges.getOrDefault(parent, Collections.emptyNavigableSet()).stream()
                        .limit(limit - edges.size())
                        .forEach(child -> edges.add(new Edge(parent, outcome, child)));
            }
            return new ReleaseSlice(parents, edges);
        });
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        return commits.read(() -> tables.events.after(after, limit));
    }

    @Override
    public EventCursor newest() {
        return commits.read(tables.events::newest);
    }

    @Override
    public CompletableFuture<Boolean> cut(Instant before, long mostBytes) {
        boolean[] more = {false};
        return commits.write(() -> more[0] = tables.events.cut(before, mostBytes))
                .thenApply(done -> more[0]);
    }

    @Override
    public FeedSize size() {
        return commits.read(tables.events::size);
    }
}
