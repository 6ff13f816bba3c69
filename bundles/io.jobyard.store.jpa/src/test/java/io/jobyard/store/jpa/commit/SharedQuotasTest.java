// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.SubmissionRule;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.EmptySchema;
import io.jobyard.store.jpa.PostgresStore;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Quotas at submit, where three hosts of one database let jobs in at the same time. */
@Timeout(180)
class SharedQuotasTest {

    /** Counts what is pending as a host does, by what its listeners are told. */
    private static final class Rule implements SubmissionRule, CommitListener {

        private final List<Quotas.QuotaShare> shares;
        private final Map<String, Long> pending = new HashMap<>();
        private boolean begun;

        Rule(Quotas.QuotaShare... shares) {
            this.shares = List.of(shares);
        }

        @Override
        public synchronized void opened(StoreSnapshot snapshot) {
            if (!snapshot.tally().isEmpty()) {
                throw new IllegalStateException("this counts from the beginning on");
            }
            begun = true;
        }

        synchronized boolean hasBegun() {
            return begun;
        }

        @Override
        public synchronized void committed(List<Committed> changes) {
            for (Committed change : changes) {
                count(change.before(), -1);
                count(change.after(), 1);
            }
        }

        private void count(@Nullable JobSummary job, long difference) {
            if (job != null && (job.status() == JobStatus.QUEUED || job.status() == JobStatus.WAITING)) {
                pending.merge(job.lane().submitter(), difference, Long::sum);
            }
        }

        @Override
        public List<Quotas.QuotaShare> shares(String submitter) {
            return shares.stream()
                    .filter(share -> share.members().contains(submitter))
                    .toList();
        }

        @Override
        public synchronized void requireRoom(Quotas.QuotaShare share, int more, long untold) {
            long told = share.members().stream()
                    .mapToLong(member -> pending.getOrDefault(member, 0L))
                    .sum();
            if (told + untold + more > share.quota().queuedMax()) {
                throw new QuotaException("queued.max of " + share.name());
            }
        }

        @Override
        public QuotaException tooFast(Quotas.QuotaShare share, int more, Instant fullAt) {
            return new QuotaException("submit.rate of " + share.name() + " until " + fullAt);
        }
    }

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();
    private final List<PostgresStore> hosts = new ArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        hosts.forEach(PostgresStore::close);
    }

    private void open(Quotas.QuotaShare... shares) throws SQLException {
        for (int n = 1; n <= 3; n++) {
            PostgresStore host = new PostgresStore(
                    folder, server, url, new HostCandidate("host:" + n, "" + n, Duration.ofSeconds(30)));
            hosts.add(host);
            Rule rule = new Rule(shares);
            host.limits().letIn(rule);
            host.listen(rule);
            await().until(rule::hasBegun); // between two commits, on a thread of the store
        }
    }

    private static Quotas.QuotaShare share(String name, Integer queuedMax, String rate, String... members) {
        Rate submitRate = rate == null ? null : Rate.parse(rate);
        return new Quotas.QuotaShare(name, new Quota(queuedMax, submitRate, null, null, Map.of()), Set.of(members));
    }

    /** Empty if it was refused. */
    private Stream<StoredJob> submit(PostgresStore host, String submitter, int count) {
        List<AdmittedJob> jobs = IntStream.range(0, count)
                .mapToObj(n -> Draft.job().submitter(submitter).admitted())
                .toList();
        try {
            host.jobs().admit(jobs).join();
            return jobs.stream().map(AdmittedJob::stored);
        } catch (CompletionException e) {
            if (e.getCause() instanceof QuotaException) {
                refusals.add(e.getCause().getMessage());
                return Stream.of();
            }
            throw e;
        }
    }

    /** From all hosts at once, so often on each. */
    private List<StoredJob> race(int times, String... submitters) throws Exception {
        List<StoredJob> stored = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3 * times);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < 3 * times; n++) {
                PostgresStore host = hosts.get(n % 3);
                all.add(threads.submit(() -> Stream.of(submitters)
                        .forEach(submitter -> submit(host, submitter, 1).forEach(stored::add))));
            }
            for (Future<?> one : all) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return stored;
    }

    @Test
    void asManyAreLetInAsMayBeQueuedHoweverManyHostsLetThemIn() throws Exception {
        open(share("ada", 10, null, "ada"));
        List<StoredJob> stored = race(8, "ada", "bob");
        assertThat(stored.stream().map(job -> job.job().submitter()).filter("ada"::equals))
                .hasSize(10);
        assertThat(stored).hasSize(10 + 24);
        assertThat(refusals).hasSize(14).containsOnly("queued.max of ada");

        StoredJob first = stored.stream()
                .filter(job -> job.job().submitter().equals("ada"))
                .findFirst()
                .orElseThrow();
        StoredJob running = Moves.start(first, hosts.get(0).jobs()).after();
        assertThat(hosts.get(0)
                        .jobs()
                        .move(Moves.start(first, hosts.get(0).jobs()), null)
                        .join())
                .isTrue();
        assertThat(submit(hosts.get(2), "ada", 2)).isEmpty();
        assertThat(submit(hosts.get(2), "ada", 1)).hasSize(1);
        assertThat(submit(hosts.get(1), "ada", 1)).isEmpty();

        hosts.get(0).jobs().move(Moves.fail(running, "on purpose"), null).join();
        StoredJob failed = hosts.get(0).reads().job(first.id()).orElseThrow();
        assertThat(hosts.get(1).jobs().move(Moves.retry(failed, Set.of(), Set.of()), null))
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withMessageContaining("queued.max of ada");
    }

    @Test
    void membersShareARoomWhicheverOfThemAndWhicheverHostIsAsked() throws Exception {
        open(share("both", 9, null, "ada", "bob"), share("ada", 5, null, "ada"), share("bob", 100, null, "bob"));
        List<StoredJob> stored = race(4, "ada", "bob");
        assertThat(stored).hasSize(9);
        assertThat(stored.stream().map(job -> job.job().submitter()).filter("ada"::equals))
                .hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void aTimeWhoseJobAQuotaRefusesIsAsUndecidedAsBefore() throws Exception {
        open(share("ada", 2, null, "ada"), share("bob", null, "1/h burst 1", "bob"));
        StoredSchedule ada = schedule("of-ada", 1);
        StoredSchedule bob = schedule("of-bob", 1);
        for (StoredSchedule begun : List.of(ada, bob)) {
            assertThat(store(new ScheduleChange(null, begun, List.of(), null))).isTrue();
        }
        submit(hosts.get(1), "ada", 2);
        submit(hosts.get(1), "bob", 1);
        assertThatThrownBy(() -> store(fired(ada, "ada"))).hasCauseInstanceOf(QuotaException.class);
        assertThatThrownBy(() -> store(fired(bob, "bob"))).hasCauseInstanceOf(QuotaException.class);

        for (StoredSchedule begun : List.of(ada, bob)) {
            assertThat(hosts.get(1).schedules().schedule(begun.name())).contains(begun);
            assertThat(hosts.get(1).schedules().latestJobs(begun.name(), 1)).isEmpty();
        }
        assertThat(store(fired(ada, "cem"))).isTrue();
        assertThat(hosts.get(1).schedules().latestJobs(ada.name(), 9)).hasSize(1);
    }

    /** By the first host; others have let jobs in of which it may not have heard. */
    private boolean store(ScheduleChange change) {
        return hosts.get(0).schedules().store(change).join();
    }

    private static ScheduleChange fired(StoredSchedule before, String owner) {
        AdmittedJob job = Draft.job()
                .submitter(owner)
                .fire(before.name(), Draft.T0.plusSeconds(1))
                .admitted();
        return new ScheduleChange(before, schedule(before.name(), 2), List.of(job), null);
    }

    private static StoredSchedule schedule(String name, int version) {
        Instant decided = Draft.T0.plusSeconds(version - 1L);
        return new StoredSchedule(
                name, version, null, "every PT1S", new StoredSchedule.FireProgress(decided, null, null, 0), null, null);
    }

    @Test
    void aRateLetsInAsMuchOnAllHostsAsOnOne() throws Exception {
        open(share("ada", null, "5/h burst 5", "ada"));
        assertThat(race(6, "ada")).hasSize(5);
        assertThat(refusals).hasSize(13).allMatch(why -> why.startsWith("submit.rate of ada until "));
    }

    @Test
    void aSubmitOfManyDrawsAllOfThemAndOneBeyondTheBurstNeedsAFullRate() throws Exception {
        open(share("ada", null, "4/h burst 4", "ada"));
        assertThat(submit(hosts.get(0), "ada", 9)).hasSize(9);
        assertThat(submit(hosts.get(1), "ada", 1)).isEmpty();
        String until = refusals.get(0).replace("submit.rate of ada until ", "");
        assertThat(Duration.between(Instant.now(), Instant.parse(until)))
                .isBetween(Duration.ofMinutes(130), Duration.ofMinutes(136));
    }

    @Test
    void whatWasDrawnStaysDrawnAtAnotherRate() throws Exception {
        open(share("ada", null, "60/h burst 2", "ada"));
        assertThat(submit(hosts.get(0), "ada", 2)).hasSize(2);
        hosts.get(1).limits().letIn(new Rule(share("ada", null, "1/h burst 2", "ada")));
        assertThat(submit(hosts.get(1), "ada", 1)).isEmpty();
        String until = refusals.get(0).replace("submit.rate of ada until ", "");
        assertThat(Duration.between(Instant.now(), Instant.parse(until)))
                .isBetween(Duration.ofMinutes(115), Duration.ofMinutes(121));
    }
}
