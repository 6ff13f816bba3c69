// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Prints what searches take among many jobs with labels; run by hand. Arguments: jobs, most labels of a job, seed, derby or sqlite. */
public final class SearchMeasurements {

    private static final int ROUNDS = 20;
    private static final int PAGE = 20;
    private static final int PAGES = 100;

    private final EmbeddedStore store;
    private final Random random;
    private int fires;

    private SearchMeasurements(EmbeddedStore store, long seed) {
        this.store = store;
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int labels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        boolean isSqlite = arguments.length > 3 && arguments[3].equals("sqlite");
        Path folder = Files.createTempDirectory("jobyard-measure");
        try (EmbeddedStore opened = isSqlite ? new SqliteStore(folder) : new DerbyStore(folder)) {
            SearchMeasurements all = new SearchMeasurements(opened, seed);
            all.fill(jobs, labels);
            long before = bytes(folder);
            long began = System.nanoTime();
            opened.keepIndex();
            while (!all.isIndexed(jobs)) {
                Thread.sleep(1_000);
            }
            System.out.printf(
                    "the index of %d jobs that were there before: %.1f s, %d MB%n",
                    jobs, seconds(began), (bytes(folder) - before) / 1_000_000);
            all.feed(20_000, 0);
            all.feed(20_000, 5);
            all.feed(20_000, labels);
            all.pages();
            all.counts();
            all.error();
        }
    }

    private boolean isIndexed(int jobs) {
        JobFacets facets = store.reads().facets(JobFilter.ALL, Set.of(), type -> type);
        return facets.total() == jobs
                && facets.coverage().lookedBackTo() == null
                && facets.coverage().asOf() == null;
    }

    /** First all are admitted: what the committer asks of them then has plans for many. */
    private void fill(int count, int labels) throws SQLException {
        long began = System.nanoTime();
        List<JobId> all = new ArrayList<>();
        for (int n = 0; n < count; n += 500) {
            List<AdmittedJob> jobs = new ArrayList<>();
            for (int k = n; k < n + 500; k++) {
                jobs.add(draft(k, labels).admitted());
            }
            store.jobs().admit(jobs).join();
            jobs.forEach(job -> all.add(job.stored().id()));
        }
        try (Connection connection = store.pool().getConnection()) {
            store.dialect().analyze(connection);
        }
        System.out.printf("%d jobs with up to %d labels: %.1f s%n", count, labels, seconds(began));
        for (int n = 0; n < count; n += 500) {
            List<CompletableFuture<Boolean>> done = new ArrayList<>();
            for (StoredJob job : store.reads().jobs(all.subList(n, n + 500)).values()) {
                if (random.nextInt(10) > 0) {
                    StoredJob running = move(Moves.start(job, store.jobs()), done);
                    boolean fails = random.nextInt(100) == 0;
                    move(fails ? Moves.fail(running, "Boom: " + n) : Moves.complete(running, "{}"), done);
                }
            }
            done.forEach(CompletableFuture::join);
        }
        System.out.printf("nine of ten have ended: %.1f s%n", seconds(began));
    }

    private StoredJob move(Move move, List<CompletableFuture<Boolean>> done) {
        done.add(store.jobs().move(move, null));
        return move.after();
    }

    private Draft draft(int n, int most) {
        Map<String, String> labels = new LinkedHashMap<>();
        int count = most == 0 ? 0 : random.nextInt(most + 1);
        for (int label = 0; label < count; label++) {
            int values = label == 0 ? 1_000_000 : label % 4 == 1 ? 1_000 : 10;
            labels.put("label" + label, "v" + random.nextInt(values));
        }
        Draft draft = Draft.job()
                .type("type" + skewed(50))
                .submitter("user" + skewed(1_000))
                .queue("queue" + skewed(10))
                .labels(labels);
        return n % 200 == 0 ? draft.fire("schedule" + random.nextInt(20), Draft.T0.plusSeconds(fires++)) : draft;
    }

    /** Some are much more frequent than others. */
    private int skewed(int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }

    /** What the index costs beside the commits that it follows, in processor time of its thread. */
    private void feed(int count, int labels) {
        long began = cpu();
        for (int n = 0; n < count; n += 500) {
            List<CompletableFuture<Boolean>> done = new ArrayList<>();
            List<AdmittedJob> jobs = new ArrayList<>();
            for (int k = 1; k <= 500; k++) {
                jobs.add(draft(k, labels).admitted());
            }
            store.jobs().admit(jobs).join();
            for (AdmittedJob job : jobs) {
                move(Moves.complete(move(Moves.start(job.stored(), store.jobs()), done), "{}"), done);
            }
            done.forEach(CompletableFuture::join);
        }
        store.reads().find(JobQuery.of(JobFilter.ALL.withType("none"), 1), Set.of());
        System.out.printf(
                "%d jobs with up to %d labels: %.1f us of the thread of the index a job%n",
                count, labels, (cpu() - began) / 1e3 / count);
    }

    private static long cpu() {
        var threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("jobyard-store-index"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private void pages() {
        Instant now = Instant.now();
        Map<String, JobFilter> filters = new LinkedHashMap<>();
        filters.put("status completed", JobFilter.ALL.withStatus(JobStatus.COMPLETED));
        filters.put("status failed (1 %)", JobFilter.ALL.withStatus(JobStatus.FAILED));
        filters.put("reason error", JobFilter.ALL.withReason(Reason.ERROR));
        filters.put("type, frequent", JobFilter.ALL.withType("type0"));
        filters.put("type, rare", JobFilter.ALL.withType("type49"));
        filters.put("type that is not there", JobFilter.ALL.withType("none"));
        filters.put("queue", JobFilter.ALL.withQueue("queue9"));
        filters.put("submitter, frequent", JobFilter.ALL.withSubmitter("user0"));
        filters.put("submitter, rare", JobFilter.ALL.withSubmitter("user999"));
        filters.put("schedule", JobFilter.ALL.withSchedule("schedule7"));
        filters.put("label of one in a million", JobFilter.ALL.withLabel("label0", "v77"));
        filters.put("label of one in 1,000", JobFilter.ALL.withLabel("label1", "v77"));
        filters.put("label of one in 10", JobFilter.ALL.withLabel("label2", "v7"));
        filters.put("label that is not there", JobFilter.ALL.withLabel("label2", "none"));
        filters.put("two labels", JobFilter.ALL.withLabel("label2", "v7").withLabel("label3", "v3"));
        filters.put(
                "failed of a type and submitter",
                JobFilter.ALL.withStatus(JobStatus.FAILED).withType("type3").withSubmitter("user5"));
        filters.put("no filter", JobFilter.ALL);
        filters.put("time", JobFilter.ALL.withSince(now.minusSeconds(864_000)).withUntil(now));
        filters.forEach((what, filter) -> {
            List<Long> first = new ArrayList<>();
            List<Long> hundredth = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                first.add(time(JobQuery.of(filter, PAGE)));
            }
            JobQuery query = hundredth(filter);
            for (int round = 0; round < ROUNDS; round++) {
                hundredth.add(time(query));
            }
            System.out.printf(
                    "%-32s first page p50 %6.1f p95 %6.1f ms; hundredth p50 %6.1f p95 %6.1f ms%n",
                    what, at(first, 50), at(first, 95), at(hundredth, 50), at(hundredth, 95));
        });
    }

    /** Or the last one, if there are fewer. */
    private JobQuery hundredth(JobFilter filter) {
        JobQuery query = JobQuery.of(filter, PAGE);
        for (int page = 1; page < PAGES; page++) {
            JobPage found = store.reads().find(query, Set.of());
            if (found.next() == null) {
                return query;
            }
            query = query.withAfter(found.next());
        }
        return query;
    }

    private long time(JobQuery query) {
        long began = System.nanoTime();
        store.reads().find(query, Set.of());
        return System.nanoTime() - began;
    }

    private void counts() {
        Map<String, JobFilter> filters = new LinkedHashMap<>();
        filters.put("all", JobFilter.ALL);
        filters.put("status failed", JobFilter.ALL.withStatus(JobStatus.FAILED));
        filters.put("label of one in 10", JobFilter.ALL.withLabel("label2", "v7"));
        filters.forEach((what, filter) -> {
            List<Long> times = new ArrayList<>();
            long total = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                total = store.reads().facets(filter, Set.of(), type -> type).total();
                times.add(System.nanoTime() - began);
            }
            System.out.printf(
                    "facets of %-20s %8d jobs: p50 %6.1f p95 %6.1f ms%n", what, total, at(times, 50), at(times, 95));
        });
    }

    private void error() {
        long began = System.nanoTime();
        JobPage page = store.reads()
                .find(JobQuery.of(JobFilter.ALL.withStatus(JobStatus.FAILED).withError("nowhere"), PAGE), Set.of());
        System.out.printf(
                "an error that none of the failed has: %.1f ms, looked back to %s%n",
                1e3 * seconds(began), page.lookedBackTo());
        System.out.printf(
                "load average %.2f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double at(List<Long> nanos, int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) * percent / 100] / 1e6;
    }
}
