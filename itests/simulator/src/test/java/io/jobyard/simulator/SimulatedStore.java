// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.spi.store.StartRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store as one life of a host has it: the rows outlive it, all that is on its way ends with it. */
final class SimulatedStore implements JobStore, JobReads, LimitStore {

    /** What a rule of the scheduler throws here from time to time. */
    static final class RuleFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RuleFailure() {
            super("the rule fails in the simulator");
        }
    }

    private final World world;
    private final SimulatedHost host;
    private final Database rows;
    private final Queries queries;
    private @Nullable AdmissionStarts starts;

    SimulatedStore(World world, SimulatedHost host) {
        this.world = world;
        this.host = host;
        rows = world.database;
        queries = new Queries(rows, world.fault);
    }

    StoreSnapshot snapshot() {
        return queries.snapshot();
    }

    private boolean refuses() {
        return world.inThousand(world.knobs.refuse());
    }

    private static StoreException refusal() {
        return new StoreException("refused by the simulator", null);
    }

    @Override
    public void awaitListeners() {
        throw new UnsupportedOperationException("nobody asks for numbers here");
    }

    @Override
    public UUID incarnation() {
        return host.incarnation;
    }

    @Override
    public String host() {
        return host.position;
    }

    @Override
    public CompletableFuture<Void> admit(List<AdmittedJob> jobs) {
        boolean refused = refuses();
        boolean unsaid = refused && world.chance(50); // stored, and nobody hears the answer
        CompletableFuture<Void> answer = host.committer.admit(transaction -> {
            if (refused && !unsaid) {
                throw refusal();
            }
            transaction.admit(jobs, starts);
            return null;
        });
        return unsaid
                ? answer.thenCompose(
                        stored -> CompletableFuture.failedFuture(new StoreException("the answer is lost", null)))
                : answer;
    }

    @Override
    public void startWith(AdmissionStarts rule) {
        starts = rule;
    }

    void settleStarts(List<Assignment> stored) {
        if (starts != null) {
            starts.settle(stored);
        }
    }

    @Override
    public CompletableFuture<Boolean> replace(Move move, String payload) {
        throw new UnsupportedOperationException("nobody replaces jobs here");
    }

    @Override
    public CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule) {
        boolean ruleFails = refuses();
        ReleaseRule watched = rule == null
                ? null
                : (dependent, ended) -> {
                    if (ruleFails) {
                        throw new RuleFailure();
                    }
                    return rule.release(dependent, ended);
                };
        return outcome(move.before(), transaction -> transaction.move(move, watched));
    }

    /** A change of that job, perhaps the end of its run. */
    <T> CompletableFuture<T> outcome(StoredJob before, Function<SimulatedTransaction, T> work) {
        boolean refused = refuses();
        if (refused && before.job().status() == JobStatus.RUNNING) {
            world.life.refused(before);
        }
        return change(refused, work);
    }

    <T> CompletableFuture<T> change(Function<SimulatedTransaction, T> work) {
        return change(refuses(), work);
    }

    private <T> CompletableFuture<T> change(boolean refused, Function<SimulatedTransaction, T> work) {
        return host.committer.move(transaction -> {
            if (refused) {
                throw refusal();
            }
            return work.apply(transaction);
        });
    }

    @Override
    public CompletableFuture<ClaimResult> claim(List<ClaimCandidate> positions, StartRule rule) {
        host.order.taken(positions);
        StartRule watched = (job, position) -> {
            if (refuses()) {
                throw refusal();
            }
            return rule.start(job, position);
        };
        return change(refuses(), transaction -> transaction.claim(positions, watched))
                .thenApply(claimed -> {
                    host.order.gone(claimed.gone());
                    return claimed;
                });
    }

    @Override
    public List<Assignment> assigned(List<JobEvent> starts) {
        return read(() -> starts.stream()
                .map(start -> new Assignment(
                        Objects.requireNonNull(rows.jobs.get(start.job())),
                        rows.admissions.get(start.job()).payload(),
                        start.change().run().handler()))
                .filter(run -> host.incarnation.equals(run.stored().incarnation()))
                .filter(run -> starts.stream()
                        .anyMatch(start -> start.job().equals(run.stored().id())
                                && start.change().run().number() == run.stored().run()))
                .toList());
    }

    @Override
    public CompletableFuture<Void> released(Collection<JobId> parents) {
        return change(refuses(), transaction -> {
            transaction.released(parents);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> served(Collection<String> types) {
        return change(refuses(), transaction -> {
            types.forEach(type -> rows.servedTypes.put(transaction.session, type, true));
            return null;
        });
    }

    @Override
    public CompletableFuture<Boolean> remember(Collection<LimitUse> uses) {
        return change(false, transaction -> {
            if (world.fault != SeededFault.USE_NOT_STORED) {
                uses.forEach(use -> rows.uses.put(transaction.session, use.key(), use));
            }
            return true;
        });
    }

    @Override
    public CompletableFuture<Void> report(UseReport report) {
        return change(false, transaction -> {
            transaction.tell(listener -> listener.reported(report));
            return null;
        });
    }

    /** What was read may be old when the reader goes on. */
    <T> T read(Supplier<T> question) {
        while (host.stillUntil > world.nanos) {
            world.othersGoOn();
        }
        world.mayEnd(host);
        world.mustLive(host);
        if (world.isHeld(host) || world.inThousand(world.knobs.unread())) {
            throw new StoreException("unreadable by the simulator", null);
        }
        T answer = question.get();
        world.pause(host);
        return answer;
    }

    private static <K, V> Map<K, V> existing(SimulatedTable<K, V> table, Collection<K> keys) {
        Map<K, V> found = new LinkedHashMap<>();
        for (K key : keys) {
            V value = table.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public List<LimitUse> uses() {
        return List.copyOf(rows.uses.rows().values());
    }

    @Override
    public Set<String> servedTypes() {
        return read(() -> Set.copyOf(rows.servedTypes.rows().keySet()));
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return read(() -> Optional.ofNullable(rows.jobs.get(id)));
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        return read(() -> existing(rows.jobs, ids));
    }

    @Override
    public Map<String, JobId> keyHolders(String submitter, Collection<String> keys) {
        return read(() -> JobKey.found(submitter, keys, rows.keys::get));
    }

    @Override
    public Optional<JobId> groupEnd(String submitter, String group) {
        return read(() -> Optional.ofNullable(rows.groups.get(new GroupKey(submitter, group)))
                .flatMap(end -> end));
    }

    @Override
    public List<JobId> groupJobs(String submitter, String group, int limit) {
        GroupKey key = new GroupKey(submitter, group);
        return read(() -> rows.jobs.rows().values().stream()
                .filter(job -> key.equals(GroupKey.joined(job.job())))
                .map(StoredJob::id)
                .sorted()
                .limit(limit)
                .toList());
    }

    @Override
    public Optional<JobGroup> group(String submitter, String group) {
        throw new UnsupportedOperationException("nobody asks how far groups are here");
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return read(() -> queries.ready(lane, after, limit));
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return read(() -> queries.lostRuns(host.incarnation, limit));
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return read(() -> queries.due(until, limit));
    }

    @Override
    public Optional<Instant> nextDue() {
        return read(queries::nextDue);
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return read(() -> queries.releases(limit));
    }

    @Override
    public List<JobId> dependents(JobId parent, @Nullable JobId after, int limit) {
        return read(() -> queries.dependents(parent, after, limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return read(() -> queries.endedBecauseOf(parent, after, limit));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        return read(() -> {
            Map<JobId, List<JobId>> found = new LinkedHashMap<>();
            existing(rows.admissions, ids).forEach((id, job) -> {
                if (!job.dependencies().isEmpty()) {
                    found.put(id, job.dependencies());
                }
            });
            return found;
        });
    }

    @Override
    public Optional<String> payload(JobId id) {
        return read(() -> Optional.ofNullable(rows.admissions.get(id)).map(AdmittedJob::payload));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        return read(() -> existing(rows.results, ids));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return read(() -> new ArrayList<>(Objects.requireNonNull(rows.histories.get(id))));
    }

    @Override
    public Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        return read(() -> existing(rows.histories, ids));
    }

    @Override
    public List<Pause> pauses() {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> pause(Pause pause, AuditEntry audit) {
        throw new UnsupportedOperationException("no queue is paused here");
    }

    @Override
    public CompletableFuture<Void> resume(PauseTarget target, AuditEntry audit) {
        throw new UnsupportedOperationException("no queue is paused here");
    }

    @Override
    public CompletableFuture<Boolean> define(LimitDefinition next, AuditEntry audit) {
        throw new UnsupportedOperationException("no limit is made here");
    }

    @Override
    public List<LimitDefinition> definitions() {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> log(JobId id, List<LogLine> lines) {
        throw new UnsupportedOperationException("nobody writes logs here");
    }

    @Override
    public List<LogLine> log(JobId id) {
        throw new UnsupportedOperationException("nobody reads logs here");
    }

    @Override
    public List<NumberedLine> log(JobId id, int after) {
        throw new UnsupportedOperationException("nobody follows logs here");
    }

    @Override
    public JobRemoval removal() {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        throw new UnsupportedOperationException("nobody searches here");
    }

    @Override
    public JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route) {
        throw new UnsupportedOperationException("nobody searches here");
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        throw new UnsupportedOperationException("nobody searches here");
    }
}
