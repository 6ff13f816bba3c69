// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.LogLine;
import io.jobyard.api.QueuePause;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.Claimed;
import io.jobyard.api.spi.JobKey;
import io.jobyard.api.spi.JobRemoval;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LimitLevel;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.ReleaseRule;
import io.jobyard.api.spi.ReleaseSlice;
import io.jobyard.api.spi.StartRule;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store as the host's bundles see it: changes go to the committer, questions to the readers. Those that go through
 * many rows, which claims and outcomes never ask, go to readers of their own.
 */
final class JpaJobRepository implements JobRepository {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Incarnation incarnation;
    private final Inbox inbox;
    private final Readers readers;
    private final Readers searchers;
    private final Queries queries;
    private final Clock clock;
    private final Supplier<JobRemoval> removals;

    JpaJobRepository(
            Incarnation incarnation,
            Inbox inbox,
            Readers readers,
            Readers searchers,
            Queries queries,
            Clock clock,
            Supplier<JobRemoval> removals) {
        this.removals = removals;
        this.clock = clock;
        this.incarnation = incarnation;
        this.inbox = inbox;
        this.readers = readers;
        this.searchers = searchers;
        this.queries = queries;
    }

    @Override
    public UUID incarnation() {
        return incarnation.id();
    }

    @Override
    public String host() {
        return incarnation.host();
    }

    @Override
    public CompletableFuture<Void> admit(List<AdmittedJob> jobs) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        try {
            inbox.offer(new Admission(List.copyOf(jobs), future), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.completeExceptionally(new StoreException(
                    "the caller was interrupted while it waited for the store; nothing was stored", e));
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    @Override
    public JobRemoval removal() {
        return removals.get();
    }

    @Override
    public CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return put(new JobMove(move, rule, future), future);
    }

    @Override
    public CompletableFuture<Claimed> claim(List<Taken> places, StartRule rule) {
        CompletableFuture<Claimed> future = new CompletableFuture<>();
        return put(new JpaClaim(List.copyOf(places), rule, future), future);
    }

    @Override
    public CompletableFuture<Void> released(Collection<JobId> parents) {
        List<JobId> copy = List.copyOf(parents);
        return write(transaction -> transaction.markers().released(copy));
    }

    @Override
    public CompletableFuture<Void> log(JobId id, List<LogLine> lines) {
        List<LogLine> copy = List.copyOf(lines);
        return write(transaction -> transaction.logs().add(transaction.session(), id, copy));
    }

    @Override
    public CompletableFuture<Void> served(Collection<String> types) {
        Set<String> copy = Set.copyOf(types);
        Instant now = clock.instant();
        return write(transaction -> ServedTypes.add(transaction.session(), copy, now));
    }

    @Override
    public Set<String> servedTypes() {
        return readers.ask(ServedTypes::read);
    }

    @Override
    public CompletableFuture<Void> levels(Collection<LimitLevel> levels) {
        List<LimitLevel> copy = List.copyOf(levels);
        return write(transaction -> transaction.limits().add(copy));
    }

    @Override
    public List<LimitLevel> levels() {
        return readers.ask(LimitTables::levels);
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return write(transaction -> transaction.audit(entry));
    }

    @Override
    public List<AuditRow> rows(UUID life, long after, int limit) {
        return searchers.ask(session -> AuditTable.read(session, life, after, limit));
    }

    @Override
    public Optional<AuditRow> last() {
        return readers.ask(session -> AuditTable.last(session, incarnation.id())).stream()
                .findFirst();
    }

    @Override
    public CompletableFuture<Void> cut(UUID life, long upTo) {
        return write(transaction -> AuditTable.cut(transaction.session(), life, upTo));
    }

    @Override
    public List<UUID> audited() {
        return readers.ask(AuditTable::lives);
    }

    @Override
    public List<UUID> lives() {
        return readers.ask(Incarnation::all);
    }

    @Override
    public CompletableFuture<Void> pause(QueuePause pause, AuditEntry audit) {
        return write(transaction -> {
            LimitTables.pause(transaction.session(), pause);
            transaction.audit(audit);
        });
    }

    @Override
    public CompletableFuture<Void> resume(String queue, AuditEntry audit) {
        return write(transaction -> {
            LimitTables.resume(transaction.session(), queue);
            transaction.audit(audit);
        });
    }

    @Override
    public List<QueuePause> pauses() {
        return readers.ask(LimitTables::pauses);
    }

    private CompletableFuture<Void> write(RowWrite.Rows rows) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        return put(new RowWrite(rows, future), future);
    }

    private <T> CompletableFuture<T> put(Change change, CompletableFuture<T> future) {
        try {
            inbox.put(change);
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return entities(List.of(id)).stream().findFirst();
    }

    @Override
    public Map<JobId, StoredJob> jobs(Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new LinkedHashMap<>();
        readers.ask(session -> JobRows.stored(session, ids)).forEach(job -> found.put(job.id(), job));
        return found;
    }

    private List<StoredJob> entities(Collection<JobId> ids) {
        return ids.isEmpty() ? List.of() : readers.entities(manager -> JobRows.jobs(manager, ids));
    }

    @Override
    public Optional<JobId> keyHolder(String submitter, String key) {
        return readers.ask(session -> Queries.keyHolder(session, new JobKey(submitter, key)));
    }

    @Override
    public List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit) {
        return readers.ask(session -> queries.ready(session, lane, after, limit));
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return readers.ask(session -> JobRows.stored(session, queries.lostRuns(session, incarnation.id(), limit)));
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return readers.ask(session -> JobRows.stored(session, queries.due(session, until, limit)));
    }

    @Override
    public Optional<Instant> nextDue() {
        return readers.ask(queries::nextDue);
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return readers.ask(session -> queries.releases(session, limit));
    }

    @Override
    public List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit) {
        return readers.ask(session -> queries.endedBecauseOf(session, parent, after, limit));
    }

    @Override
    public Map<JobId, List<JobId>> dependencies(Collection<JobId> ids) {
        Map<JobId, List<JobId>> found = new HashMap<>();
        readers.ask(session -> JobTexts.DEPENDENCIES.read(session, ids)).forEach((id, all) -> {
            if (!all.isEmpty()) {
                found.put(id, RemovalRows.ids(all));
            }
        });
        return found;
    }

    @Override
    public Optional<String> payload(JobId id) {
        return Optional.ofNullable(readers.ask(session -> JobTexts.PAYLOAD.read(session, List.of(id)))
                .get(id));
    }

    @Override
    public Map<JobId, String> results(Collection<JobId> ids) {
        Map<JobId, String> found = readers.ask(session -> JobTexts.RESULT.read(session, ids));
        Map<JobId, String> inOrder = new LinkedHashMap<>();
        ids.stream().filter(found::containsKey).forEach(id -> inOrder.put(id, found.get(id)));
        return inOrder;
    }

    @Override
    public List<LogLine> log(JobId id) {
        return readers.ask(session -> LogTable.read(session, id));
    }

    @Override
    public List<HistoryEvent> history(JobId id) {
        return readers.entities(manager -> JobRows.history(manager, id));
    }

    @Override
    public List<JobEvent> events(EventCursor after, int limit) {
        return searchers.ask(session -> queries.events(session, after, limit));
    }

    @Override
    public JobPage find(JobQuery query, Set<String> routed) {
        return searchers.ask(session -> queries.find(session, query, routed));
    }

    @Override
    public List<JobId> endingWith(String ending, int limit) {
        return searchers.ask(session -> queries.endingWith(session, ending, limit));
    }
}
