// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Fire;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What searches say beside what the jobs themselves are, after jobs have come, changed and gone at random, while others search:
 * blocks that are kept in memory are never older than what is committed. {@code -Dseed=N} does the same again, {@code -Dsteps=N} more.
 */
class SearchTruthTest {

    private static final String ROUTED = "of type1";
    private static final int STEPS = Integer.getInteger("steps", 12);
    private static final int AT_ONCE = 150;
    private static final int QUESTIONS = 2;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<JobId> ids = new ArrayList<>();
    private DerbyStore store;
    private int fires;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder).withIndex();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void searchesSayWhatTheJobsThemselvesAre() throws InterruptedException {
        admit(1_200);
        AtomicBoolean isFinished = new AtomicBoolean();
        Thread others = new Thread(() -> {
            while (!isFinished.get()) {
                store.reads().facets(JobFilter.ALL, Set.of(), type -> type);
            }
        });
        others.start();
        try {
            for (int step = 0; step < STEPS; step++) {
                change();
                compare();
            }
        } finally {
            isFinished.set(true);
            others.join();
        }
        store.restart();
        change();
        compare();
    }

    private void change() {
        switch (random.nextInt(5)) {
            case 0 -> admit(random.nextInt(AT_ONCE));
            case 1 -> move(some(JobStatus.QUEUED), job -> Moves.start(job, store.jobs()));
            case 2 ->
                move(
                        some(JobStatus.RUNNING),
                        job -> random.nextBoolean() ? Moves.complete(job, "{}") : Moves.fail(job, "boom"));
            case 3 -> move(some(JobStatus.QUEUED), this::relabelled);
            default -> remove();
        }
    }

    private void move(List<StoredJob> jobs, Function<StoredJob, Move> decided) {
        jobs.stream()
                .map(job -> store.jobs().move(decided.apply(job), null))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void admit(int count) {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Draft draft = Draft.job()
                    .type("type" + random.nextInt(5))
                    .submitter("user" + random.nextInt(40))
                    .labels(random.nextBoolean() ? Map.of() : Map.of("colour", colour(), "n", "" + random.nextInt(9)));
            draft = random.nextBoolean() ? draft : draft.queue("queue" + random.nextInt(3));
            jobs.add(
                    (random.nextInt(20) > 0 ? draft : draft.fire("nightly", Draft.T0.plusSeconds(fires++))).admitted());
        }
        store.jobs().admit(jobs).join();
        jobs.forEach(job -> ids.add(job.stored().id()));
    }

    private Move relabelled(StoredJob job) {
        JobChange change = new JobChange().label("colour", colour());
        return Moves.change(job, change, JobStatus.QUEUED, null, null);
    }

    private String colour() {
        return List.of("red", "green", "blue").get(random.nextInt(3));
    }

    private List<StoredJob> some(JobStatus status) {
        List<StoredJob> jobs = new ArrayList<>(
                all().stream().filter(job -> job.job().status() == status).toList());
        Collections.shuffle(jobs, random);
        return jobs.subList(0, Math.min(jobs.size(), random.nextInt(AT_ONCE)));
    }

    private void remove() {
        List<StoredJob> ended = all().stream()
                .filter(job -> job.job().status().isFinished())
                .limit(random.nextInt(2 * AT_ONCE))
                .toList();
        try (JobRemoval removal = store.jobs().removal()) {
            removal.remove(ended).join();
        }
    }

    private Collection<StoredJob> all() {
        return store.reads().jobs(ids).values();
    }

    private void compare() {
        for (int n = 0; n < QUESTIONS; n++) {
            JobFilter filter = n == 0 ? JobFilter.ALL : filter();
            Set<String> routed = filter.queues().contains(ROUTED) ? Set.of("type1") : Set.of();
            JobFacets said = told(filter, routed);
            List<Job> meant = all().stream()
                    .map(StoredJob::job)
                    .filter(job -> filter.matches(job, standsIn(job)))
                    .toList();
            String what = "seed " + seed + ", " + filter;
            assertThat(said.total()).as(what).isEqualTo(meant.size());
            assertThat(said.byStatus()).as(what).isEqualTo(counts(meant, Job::status));
            assertThat(said.byReason())
                    .as(what)
                    .isEqualTo(counts(meant, job -> job.state().reason()));
            assertThat(said.byType()).as(what).isEqualTo(counts(meant, Job::type));
            assertThat(said.byQueue()).as(what).isEqualTo(counts(meant, SearchTruthTest::standsIn));
            assertThat(said.bySubmitter()).as(what).isEqualTo(counts(meant, Job::submitter));
            assertThat(said.bySchedule()).as(what).isEqualTo(counts(meant, SearchTruthTest::schedule));
            assertThat(found(filter, routed))
                    .as(what)
                    .isEqualTo(meant.stream()
                            .map(Job::id)
                            .sorted(Comparator.reverseOrder())
                            .toList());
        }
    }

    private JobFilter filter() {
        JobFilter filter = JobFilter.ALL;
        filter = random.nextInt(3) > 0 ? filter : filter.withStatus(status(), status());
        filter = random.nextInt(3) > 0
                ? filter
                : filter.withType("type" + random.nextInt(5), "type" + random.nextInt(5));
        filter = random.nextInt(5) > 0
                ? filter
                : filter.withQueue(random.nextBoolean() ? ROUTED : "queue1", "queue" + random.nextInt(3));
        filter = random.nextInt(3) > 0
                ? filter
                : filter.withSubmitter("user" + random.nextInt(40), "user" + random.nextInt(40));
        filter = random.nextInt(3) > 0 ? filter : filter.withLabel("colour", colour());
        filter = random.nextInt(6) > 0 ? filter : filter.withReason(Reason.ERROR, Reason.RETRY);
        return random.nextInt(6) > 0 ? filter : filter.withSchedule("nightly");
    }

    private JobStatus status() {
        return JobStatus.values()[random.nextInt(JobStatus.values().length)];
    }

    private static String standsIn(Job job) {
        String queue = TallyKey.queue(job);
        return queue == null ? "of " + job.type() : queue;
    }

    private static @Nullable String schedule(Job job) {
        Fire fire = job.terms().identity().fire();
        return fire == null ? null : fire.schedule();
    }

    private static <T> Map<T, Long> counts(List<Job> jobs, Function<Job, @Nullable T> by) {
        return jobs.stream()
                .map(by)
                .filter(value -> value != null)
                .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    private JobFacets told(JobFilter filter, Set<String> routed) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> store.reads().facets(filter, routed, type -> "of " + type),
                        facets -> facets.coverage().asOf() == null
                                && facets.coverage().lookedBackTo() == null);
    }

    private List<JobId> found(JobFilter filter, Set<String> routed) {
        return store.reads().find(JobQuery.of(filter, 10_000), routed).jobs().stream()
                .map(Job::id)
                .toList();
    }
}
