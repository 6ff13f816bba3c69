// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Fire;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.RunUse;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.HistorySeals;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.StartRule;
import io.jobyard.spi.usage.UsageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory with the promises of the real one, which the same suite proves. Changes are made one after the other; with one calling
 * thread each is done, and its future complete, when the call returns. A change that a listener makes comes after the one it hears of.
 */
public final class InMemoryStore implements AllStores, ScheduleStore, UsageStore {

    private final UUID incarnation;
    private final String host;
    private final InMemoryTables tables;
    private final InMemoryAnswers answers;
    private final InMemoryCommits commits;
    private final BulkStore bulks;
    private final IdentityStore identities;
    private final WorkStore work;
    private final Instant begun;
    private volatile HostOffer offer = HostOffer.NOTHING;
    private volatile @Nullable Boolean drainAsked;

    /**
     * Begins empty, as far as its audit can tell at the epoch.
     *
     * @param incarnation the id of the host's life
     * @param host the name of the host
     */
    public InMemoryStore(UUID incarnation, String host) {
        this(incarnation, host, Instant.EPOCH);
    }

    /**
     * Begins empty.
     *
     * @param incarnation the id of the host's life
     * @param host the name of the host
     * @param begun when that life began
     */
    public InMemoryStore(UUID incarnation, String host, Instant begun) {
        this(incarnation, host, begun, new InMemoryTables());
    }

    private InMemoryStore(UUID incarnation, String host, Instant begun, InMemoryTables tables) {
        this.incarnation = incarnation;
        this.host = host;
        this.begun = begun;
        this.tables = tables;
        this.answers = new InMemoryAnswers(tables);
        this.commits = new InMemoryCommits(tables);
        this.bulks = new InMemoryBulks(this, this, tables.bulks);
        this.identities = new InMemoryIdentities(
                tables.identities,
                entry -> commits.write(
                        () -> tables.audit.append(incarnation, entry), CommitListener::identitiesChanged));
        this.work = new InMemoryWork(
                tables, commits, move -> moved(move, null), entry -> tables.audit.append(incarnation, entry));
        synchronized (tables) { // runs of the life before may still read them
            tables.audit.begin(incarnation, begun);
        }
    }

    /**
     * What is done to many jobs.
     *
     * @return another part of this store
     */
    public BulkStore bulks() {
        return bulks;
    }

    /**
     * Users, tokens and sessions.
     *
     * @return another part of this store
     */
    public IdentityStore identities() {
        return identities;
    }

    /**
     * How far followers are.
     *
     * @return their contract
     */
    public FollowerStore followers() {
        return new InMemoryFollowers(tables, commits);
    }

    /**
     * Requests that are done once.
     *
     * @return their contract
     */
    public RequestStore requests() {
        return new InMemoryRequests(tables, commits);
    }

    /**
     * Submissions from SQL, as a host of this store sees them.
     *
     * @param clock the clock of the database
     * @return their contract
     */
    public InMemorySubmissions submissions(Clock clock) {
        return new InMemorySubmissions(tables, commits, clock);
    }

    /**
     * What jobs keep from one run to the next.
     *
     * @return another part of this store
     */
    public WorkStore work() {
        return work;
    }

    /**
     * Plays the end of the host and its next start: this store changes nothing any more, and the answer goes on with
     * what it holds, without listeners.
     *
     * @param next the id of the host's next life
     * @param nextHost the name of the host
     * @return the store as the next life finds it
     */
    public InMemoryStore restart(UUID next, String nextHost) {
        return restart(next, nextHost, Instant.EPOCH);
    }

    /**
     * Plays the same at a time.
     *
     * @param next the id of the host's next life
     * @param nextHost the name of the host
     * @param begun when it began
     * @return the store as the next life finds it
     */
    public InMemoryStore restart(UUID next, String nextHost, Instant begun) {
        commits.close();
        return new InMemoryStore(next, nextHost, begun, tables);
    }

    /**
     * Lets it ask where jobs are routed that ask for no queue.
     *
     * @param routing who knows it
     */
    public void ask(Routing routing) {
        tables.events.ask(routing);
    }

    /**
     * Adds a listener: between two changes it gets a snapshot, and from then on every change.
     *
     * @param listener hears of them
     */
    public void listen(CommitListener listener) {
        commits.listen(listener, answers::snapshot, this::hosts);
    }

    @Override
    public void awaitListeners() {
        commits.awaitListeners();
    }

    @Override
    public UUID incarnation() {
        return incarnation;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CompletableFuture<Void> admit(List<AdmittedJob> jobs) {
        List<AdmittedJob> copy = List.copyOf(jobs);
        return commits.admit(() -> tables.admit(copy));
    }

    /**
     * Changes a job; those that waited for its end wait for a release marker.
     *
     * @param move the change
     * @return as of {@link #move(Move, ReleaseRule)}
     */
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
            tables.audit.append(incarnation, move.audit());
        }
        return done;
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return commits.write(() -> tables.audit.append(incarnation, entry));
    }

    @Override
    public List<AuditRow> rows(UUID life, long after, int limit) {
        return commits.read(() -> tables.audit.rows(life, after, limit));
    }

    @Override
    public Optional<AuditRow> last() {
        return commits.read(() -> tables.audit.last(incarnation));
    }

    @Override
    public CompletableFuture<Void> cut(UUID life, long upTo) {
        return commits.write(() -> tables.audit.cut(life, upTo));
    }

    /** It seals none. */
    @Override
    public List<HistorySeals> historySeals() {
        return List.of();
    }

    /** Nobody reaches them but the store itself. */
    @Override
    public Optional<String> verifyHistories() {
        return Optional.empty();
    }

    @Override
    public List<UUID> audited() {
        return commits.read(tables.audit::audited);
    }

    @Override
    public List<UUID> lives() {
        return commits.read(() -> tables.audit.lives());
    }

    /** Its host is the leader, and there is no other. */
    @Override
    public List<Assignment> assigned(List<JobEvent> starts) {
        return List.of();
    }

    @Override
    public void offer(HostOffer now) {
        commits.write(() -> offer = now, listener -> listener.hosts(hosts()));
    }

    @Override
    public CompletableFuture<Boolean> askToDrain(UUID asked, boolean drains, AuditEntry audit) {
        Boolean before = drainAsked;
        if (!asked.equals(incarnation) || drains == (before == null ? offer.draining() : before)) {
            return CompletableFuture.completedFuture(false);
        }
        return commits.write(
                        () -> {
                            tables.audit.append(incarnation, audit);
                            drainAsked = drains;
                        },
                        listener -> listener.hosts(hosts()))
                .thenApply(stored -> true);
    }

    @Override
    public void post(String topic, String text) {
        // nobody reads it
    }

    @Override
    public Map<UUID, String> read(String topic) {
        return Map.of();
    }

    @Override
    public Optional<Duration> leaseLeft() {
        return Optional.empty();
    }

    @Override
    public Hosts hosts() {
        return new Hosts(
                incarnation, List.of(new HostIncarnation(incarnation, host, begun, null, true, offer, drainAsked)));
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
    public CompletableFuture<Void> served(Collection<String> types) {
        List<String> copy = List.copyOf(types);
        return commits.write(() -> tables.servedTypes.addAll(copy));
    }

    @Override
    public Set<String> servedTypes() {
        return commits.read(() -> Set.copyOf(tables.servedTypes));
    }

    @Override
    public CompletableFuture<Boolean> remember(Collection<LimitUse> uses) {
        List<LimitUse> copy = List.copyOf(uses);
        return commits.write(() -> copy.forEach(this::remember)).thenApply(done -> true);
    }

    private void remember(LimitUse use) {
        if (use.isNothing()) {
            tables.limitUses.remove(use.key());
        } else {
            tables.limitUses.put(use.key(), use);
        }
    }

    /** Nobody else is to know. */
    @Override
    public CompletableFuture<Void> report(UseReport report) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<LimitUse> uses() {
        return commits.read(() -> List.copyOf(tables.limitUses.values()));
    }

    @Override
    public CompletableFuture<Void> pause(Pause pause, AuditEntry audit) {
        return commits.write(
                () -> {
                    tables.audit.append(incarnation, audit);
                    tables.pauses.put(pause.target(), pause);
                },
                listener -> listener.paused(pause));
    }

    @Override
    public CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit) {
        boolean[] won = {false};
        return commits.write(
                        () -> {
                            won[0] = tables.define(next);
                            if (won[0]) {
                                tables.audit.append(incarnation, audit);
                            }
                        },
                        listener -> {
                            if (won[0]) {
                                listener.defined(next);
                            }
                        })
                .thenApply(done -> won[0]);
    }

    @Override
    public List<LimitDefinition> definitions() {
        return commits.read(() -> List.copyOf(tables.definitions.values()));
    }

    @Override
    public CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit) {
        return commits.write(
                () -> {
                    tables.audit.append(incarnation, audit);
                    tables.pauses.remove(target);
                },
                listener -> listener.resumed(target));
    }

    @Override
    public List<Pause> pauses() {
        return commits.read(() -> List.copyOf(tables.pauses.values()));
    }

    @Override
    public CompletableFuture<Boolean> store(ScheduleChange change) {
        boolean[] won = {false};
        CompletableFuture<Boolean> stored = commits.change(
                () -> {
                    Optional<List<Committed>> done = tables.change(change);
                    won[0] = done.isPresent();
                    return done.orElse(List.of());
                },
                done -> won[0]);
        return change.audit() == null ? stored : stored.thenCompose(done -> told(change, done));
    }

    private CompletableFuture<Boolean> told(ScheduleChange change, boolean won) {
        return !won
                ? CompletableFuture.completedFuture(false)
                : commits.write(
                                () -> tables.audit.append(incarnation, change.audit()),
                                listener -> listener.scheduled(change.name()))
                        .thenApply(done -> true);
    }

    @Override
    public List<StoredSchedule> schedules() {
        return commits.read(() -> List.copyOf(tables.schedules.values()));
    }

    @Override
    public Optional<StoredSchedule> schedule(String name) {
        return commits.read(() -> Optional.ofNullable(tables.schedules.get(name)));
    }

    @Override
    public List<StoredJob> latestJobs(String name, int limit) {
        return commits.read(() -> tables.fires.descendingMap().entrySet().stream()
                .filter(fire -> fire.getKey().schedule().equals(name))
                .limit(limit)
                .map(fire -> tables.jobs.get(fire.getValue()))
                .toList());
    }

    @Override
    public Optional<JobId> jobOf(Fire fire) {
        return commits.read(() -> Optional.ofNullable(tables.fires.get(fire)));
    }

    @Override
    public CompletableFuture<Void> keep(List<RunUse> uses) {
        return commits.write(() -> uses.forEach(tables::use));
    }

    @Override
    public List<RunUse> uses(JobId job) {
        return commits.read(() -> tables.uses.values().stream()
                .filter(use -> use.run().job().equals(job))
                .sorted(Comparator.comparingInt((RunUse one) -> one.run().number())
                        .thenComparing(RunUse::unit))
                .toList());
    }

    @Override
    public List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        return commits.read(() -> tables.uses.values().stream()
                .filter(use -> !use.run().startedAt().isBefore(since)
                        && use.run().startedAt().isBefore(until))
                .filter(use -> after == null || InMemoryTables.USE_ORDER.compare(use, after) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletableFuture<Integer> forget(Instant before, int limit) {
        List<RunUse> old = uses(Instant.EPOCH, before, null, limit);
        return commits.write(() -> old.forEach(tables.uses::remove)).thenApply(done -> old.size());
    }

    @Override
    public JobRemoval removal() {
        return new InMemoryRemoval(tables, commits);
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return commits.read(() -> Optional.ofNullable(tables.jobs.get(id)));
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new LinkedHashMap<>();
        commits.read(() -> answers.existing(ids, tables.jobs::get)).forEach(job -> found.put(job.id(), job));
        return found;
    }

    @Override
    public Map<String, JobId> keyHolders(String submitter, Collection<String> keys) {
        return commits.read(() -> JobKey.found(submitter, keys, tables.indexes.keys::get));
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return commits.read(() -> answers.ready(lane, after, limit));
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return commits.read(() -> answers.lostRuns(incarnation, limit));
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return commits.read(() -> answers.due(until, limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return commits.read(answers::nextDue);
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return commits.read(() -> answers.releases(limit));
    }

    @Override
    public List<JobId> dependents(JobId parent, @Nullable JobId after, int limit) {
        return commits.read(() -> behind(tables.edges.get(parent), after, limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return commits.read(() -> behind(tables.blames.get(parent), after, limit));
    }

    private static List<JobId> behind(@Nullable NavigableSet<JobId> ids, @Nullable JobId after, int limit) {
        if (ids == null) {
            return List.of();
        }
        return (after == null ? ids : ids.tailSet(after, false))
                .stream().limit(limit).toList();
    }

    @Override
    public Optional<JobId> groupEnd(String submitter, String group) {
        return commits.read(() -> tables.groups.end(submitter, group));
    }

    @Override
    public List<JobId> groupJobs(String submitter, String group, int limit) {
        return commits.read(() -> tables.groups.jobs(submitter, group, limit));
    }

    @Override
    public Optional<JobGroup> group(String submitter, String group) {
        return commits.read(() -> tables.groups.group(
                submitter, group, id -> tables.jobs.get(id).job().status()));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        Map<JobId, List<JobId>> found = new LinkedHashMap<>();
        commits.read(() -> answers.existing(ids, tables.admissions::get)).stream()
                .filter(admitted -> !admitted.dependencies().isEmpty())
                .forEach(admitted -> found.put(admitted.stored().id(), admitted.dependencies()));
        return found;
    }

    @Override
    public Optional<String> payload(JobId id) {
        return commits.read(() -> Optional.ofNullable(tables.admissions.get(id)).map(AdmittedJob::payload));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        return commits.read(() -> {
            Map<JobId, String> found = new LinkedHashMap<>();
            ids.forEach(id -> Optional.ofNullable(tables.results.get(id)).ifPresent(result -> found.put(id, result)));
            return found;
        });
    }

    @Override
    public List<LogLine> log(JobId id) {
        return log(id, 0).stream().map(NumberedLine::line).toList();
    }

    @Override
    public List<NumberedLine> log(JobId id, int after) {
        return commits.read(() -> tables.logs.getOrDefault(id, List.of()).stream()
                .filter(line -> line.number() > after)
                .toList());
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return commits.read(() -> new ArrayList<>(tables.history.getOrDefault(id, List.of())));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        return commits.read(() -> {
            Map<JobId, List<HistoryEvent>> found = new LinkedHashMap<>();
            ids.stream()
                    .filter(tables.history::containsKey)
                    .forEach(id -> found.put(id, List.copyOf(tables.history.get(id))));
            return found;
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

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        return commits.read(() -> answers.find(query, routed));
    }

    @Override
    public JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route) {
        return commits.read(() -> answers.facets(filter, routed, route));
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        return commits.read(() -> answers.endingWith(ending, limit));
    }
}
