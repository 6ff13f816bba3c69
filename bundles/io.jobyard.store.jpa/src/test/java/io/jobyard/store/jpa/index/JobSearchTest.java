// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.Call;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.index.JobSearch.Reach;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a search goes, and whom it holds up. */
class JobSearchTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private volatile boolean slow;
    private DerbyStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder, this::carry);
    }

    @AfterEach
    void close() {
        answers.countDown();
        store.close();
    }

    private Object carry(Call call) throws Throwable {
        if (slow && call.name().equals("executeQuery") && call.sql().contains("LIKE")) {
            held.incrementAndGet();
            answers.await();
        }
        return call.make();
    }

    @Test
    void searchesThatTakeLongHoldUpNoClaimAndNoOutcome() throws Exception {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).get(60, TimeUnit.SECONDS);
        slow = true;
        List<CompletableFuture<JobPage>> searches = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            searches.add(CompletableFuture.supplyAsync(
                    () -> store.reads().find(JobQuery.of(JobFilter.ALL.withLabel("n", "1"), 10), Set.of()),
                    task -> new Thread(task).start()));
        }
        await().until(() -> held.get() > 0);

        CompletableFuture<Integer> claim = CompletableFuture.supplyAsync(() -> {
            int ready = store.reads().ready(Draft.job().lane(), null, 10).size();
            int loaded = store.reads().jobs(List.of(job.stored().id())).size();
            return ready + loaded;
        });
        assertThat(claim.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(searches).noneMatch(CompletableFuture::isDone);

        answers.countDown();
        for (CompletableFuture<JobPage> search : searches) {
            assertThat(search.get(60, TimeUnit.SECONDS).jobs()).isEmpty();
        }
    }

    @Test
    void aSearchEndsAfterSoManyRowsAndSaysHowFarItLooked() throws Exception {
        List<JobId> all = admit(50);
        JobId oldest = all.get(0);
        JobQuery query = JobQuery.of(JobFilter.ALL.withSubmitter("ada-0"), 1);

        List<Integer> found = new ArrayList<>();
        JobPage page = find(query, new Reach(10, 20, LONG));
        assertThat(page.next()).isEqualTo(all.get(30));
        assertThat(page.lookedBackTo()).isEqualTo(START.plusMillis(30));
        while (page.next() != null) {
            found.add(page.jobs().size());
            page = find(query.withAfter(page.next()), new Reach(10, 20, LONG));
        }
        assertThat(found).containsExactly(0, 0);
        assertThat(page.jobs()).extracting(Job::id).containsExactly(oldest);
        assertThat(page.lookedBackTo()).isNull();
    }

    @Test
    void aSearchEndsAfterSoLong() throws Exception {
        List<JobId> all = admit(50);
        JobPage page = find(JobQuery.of(JobFilter.ALL.withSubmitter("ada-0"), 3), new Reach(10, 1_000, Duration.ZERO));
        assertThat(page.jobs()).isEmpty();
        assertThat(page.next()).isEqualTo(all.get(40));
    }

    @Test
    void whatIsFoundInSeveralStepsIsOnePageWithoutABound() throws Exception {
        List<JobId> all = admit(50);
        JobPage page = find(
                JobQuery.of(JobFilter.ALL.withSubmitter("ada-0").withUntil(START.plusMillis(41)), 2),
                new Reach(3, 1_000, LONG));
        assertThat(page.jobs()).extracting(Job::id).containsExactly(all.get(0));
        assertThat(page.more()).isFalse();
        page = find(
                JobQuery.of(JobFilter.ALL.withSince(START.plusMillis(3)).withUntil(START.plusMillis(6)), 2),
                new Reach(3, 1_000, LONG));
        assertThat(page.jobs()).extracting(Job::id).containsExactly(all.get(5), all.get(4));
        assertThat(page.next()).isEqualTo(all.get(4));
        assertThat(page.lookedBackTo()).isNull();
    }

    /** The oldest first, a millisecond apart; the first is of ada-0, the next of ada-1. */
    private List<JobId> admit(int count) throws Exception {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Instant at = START.plusMillis(n);
            JobId id = new JobId(new UUID(at.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE | n));
            jobs.add(Draft.job().id(id).createdAt(at).submitter("ada-" + n).admitted());
        }
        store.jobs().admit(jobs).get(60, TimeUnit.SECONDS);
        return jobs.stream().map(job -> job.stored().id()).toList();
    }

    private JobPage find(JobQuery query, Reach reach) throws SQLException {
        try (Connection connection = store.pool().getConnection()) {
            Session session = new Session(connection);
            JobRows rows = new JobRows(Incarnations.read(store.pool()));
            return JobSearch.find(session, store.dialect(), rows, query, Set.of(), reach);
        }
    }
}
