// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.spi.store.StartRule;
import io.jobyard.store.jpa.commit.Admission;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.JobMove;
import io.jobyard.store.jpa.commit.JobReplacement;
import io.jobyard.store.jpa.commit.JpaClaim;
import io.jobyard.store.jpa.commit.StartsInCommit;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.ReleaseQueries;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Utc;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Job store whose changes go through the committer. The read threads answer short queries of the scheduler, never queries that read many
 * rows.
 */
final class JpaJobStore implements JobStore {

    private static final String DUE =
            "SELECT job_id FROM timer WHERE due_at <= ? ORDER BY due_at, job_id FETCH FIRST ? ROWS ONLY";
    private static final String NEXT_DUE = "SELECT MIN(due_at) FROM timer";

    private final Incarnation incarnation;
    private final Inbox inbox;
    private final ReadPool readers;
    private final JobRows rows;
    private final StartsInCommit starts;
    private final Supplier<JobRemoval> removals;

    JpaJobStore(
            Incarnation incarnation,
            Inbox inbox,
            ReadPool readers,
            JobRows rows,
            StartsInCommit starts,
            Supplier<JobRemoval> removals) {
        this.starts = starts;
        this.incarnation = incarnation;
        this.inbox = inbox;
        this.readers = readers;
        this.rows = rows;
        this.removals = removals;
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
        return inbox.admit(new Admission(List.copyOf(jobs), future), future);
    }

    @Override
    public CompletableFuture<Boolean> move(Move move, @Nullable ReleaseRule rule) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new JobMove(move, rule, future), future);
    }

    @Override
    public CompletableFuture<Boolean> replace(Move move, String payload) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new JobReplacement(move, payload, future), future);
    }

    @Override
    public CompletableFuture<ClaimResult> claim(List<ClaimCandidate> positions, StartRule rule) {
        CompletableFuture<ClaimResult> future = new CompletableFuture<>();
        return inbox.submit(new JpaClaim(List.copyOf(positions), rule, future), future);
    }

    @Override
    public void startWith(AdmissionStarts rule) {
        starts.follow(rule);
    }

    @Override
    public List<Assignment> assigned(List<JobEvent> starts) {
        Map<JobId, JobEvent> byJob = starts.stream().collect(Collectors.toMap(JobEvent::job, start -> start));
        Map<JobId, JobRows.Loaded> found = readers.ask(session -> rows.load(session, byJob.keySet()));
        return found.values().stream()
                .filter(row -> incarnation.id().equals(row.job().incarnation()))
                .filter(row ->
                        row.job().run() == start(byJob, row).change().run().number())
                .map(row -> new Assignment(
                        row.job(),
                        row.payload(),
                        start(byJob, row).change().run().handler()))
                .toList();
    }

    @Override
    public CompletableFuture<Void> released(Collection<JobId> parents) {
        List<JobId> copy = List.copyOf(parents);
        return inbox.write(transaction -> transaction.markers().released(copy));
    }

    private static JobEvent start(Map<JobId, JobEvent> byJob, JobRows.Loaded row) {
        return Objects.requireNonNull(byJob.get(row.job().id()));
    }

    @Override
    public CompletableFuture<Void> log(JobId id, List<LogLine> lines) {
        List<LogLine> copy = List.copyOf(lines);
        return inbox.write(transaction -> transaction.log(id, copy));
    }

    @Override
    public List<StoredJob> due(Instant until, int limit) {
        return readers.ask(session -> {
            return rows.stored(session, session.list(DUE, Ids::first, until, limit));
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return readers.ask(session -> session.list(NEXT_DUE, row -> Optional.ofNullable(Utc.read(row, 1)))
                .get(0));
    }

    @Override
    public ReleaseSlice releases(int limit) {
        return readers.ask(session -> ReleaseQueries.releases(session, limit));
    }

    @Override
    public List<StoredJob> lostRuns(int limit) {
        return readers.ask(session -> {
            Set<UUID> living = Set.copyOf(Incarnation.living(session));
            return rows.stored(session, RunningTable.left(session)).stream()
                    .filter(job -> job.incarnation() != null && !living.contains(job.incarnation()))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public JobRemoval removal() {
        return removals.get();
    }
}
