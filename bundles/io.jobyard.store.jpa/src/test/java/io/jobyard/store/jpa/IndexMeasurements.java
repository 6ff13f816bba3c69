// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.store.jpa.feed.FeedVector;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.index.BlockTables;
import io.jobyard.store.jpa.index.IndexProgress;
import io.jobyard.store.jpa.index.IndexedJob;
import io.jobyard.store.jpa.index.SearchIndex;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Prints what numbers of many jobs take by the index alone, whose jobs nobody has stored: a million are there in a minute. Arguments:
 * jobs, most labels of a job, seed. Run by hand.
 */
public final class IndexMeasurements {

    private static final int ROUNDS = 20;
    private static final int SLICE = 500;

    private final Random random;

    private IndexMeasurements(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int labels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        Path folder = Files.createTempDirectory("jobyard-measure");
        try (DerbyStore store = new DerbyStore(folder)) {
            new IndexMeasurements(seed).fill(store, jobs, labels);
            Runtime.getRuntime().gc();
            long before = used();
            filters().forEach((what, filter) -> measure(store, what, filter));
            Runtime.getRuntime().gc();
            System.out.printf("%d MB of heap more than before the first search%n", (used() - before) >> 20);
            System.out.printf(
                    "load average %.2f%n",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void fill(DerbyStore store, int jobs, int labels) throws Exception {
        long began = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (Connection connection = store.pool().getConnection()) {
            connection.setAutoCommit(false);
            Session session = new Session(connection);
            SearchIndex index = SearchIndex.open(session, new BlockTables(store.dialect()));
            for (int n = 0; n < jobs; n += SLICE) {
                List<IndexedJob> some = new ArrayList<>();
                for (int k = n; k < n + SLICE; k++) {
                    some.add(job(k, labels));
                }
                index.fill(session, some);
                index.write(session);
                connection.commit();
            }
            new IndexProgress(FeedVector.start(), null).write(session, false);
            connection.commit();
        }
        System.out.printf(
                "%d jobs with up to %d labels: %.1f s, %.1f us of processor time each%n",
                jobs,
                labels,
                (System.nanoTime() - began) / 1e9,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e3 / jobs);
    }

    private IndexedJob job(int n, int most) {
        JobStatus status = random.nextInt(10) == 0
                ? JobStatus.QUEUED
                : random.nextInt(100) == 0 ? JobStatus.FAILED : JobStatus.COMPLETED;
        Map<String, String> labels = new LinkedHashMap<>();
        int count = most == 0 ? 0 : random.nextInt(most + 1);
        for (int label = 0; label < count; label++) {
            labels.put("label" + label, "v" + random.nextInt(label % 4 == 1 ? 1_000 : 10));
        }
        String schedule = n % 200 == 0 ? "schedule" + random.nextInt(20) : null;
        String[] terms = {"type" + skewed(50), "queue" + skewed(10), "user" + skewed(1_000), schedule};
        Reason reason = status == JobStatus.FAILED ? Reason.ERROR : null;
        return new IndexedJob(
                Draft.id(), 1_000_000L * n, StateCode.of(status, reason), terms, Labels.write(labels), null);
    }

    /** Some are much more frequent than others. */
    private int skewed(int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }

    private static Map<String, JobFilter> filters() {
        Map<String, JobFilter> filters = new LinkedHashMap<>();
        filters.put("all", JobFilter.ALL);
        filters.put("all again", JobFilter.ALL);
        filters.put("status failed", JobFilter.ALL.withStatus(JobStatus.FAILED));
        filters.put("type, frequent", JobFilter.ALL.withType("type0"));
        filters.put("type that is not there", JobFilter.ALL.withType("none"));
        filters.put("queue", JobFilter.ALL.withQueue("queue9"));
        filters.put("submitter", JobFilter.ALL.withSubmitter("user7"));
        filters.put("schedule", JobFilter.ALL.withSchedule("schedule7"));
        filters.put("label of one in 1,000", JobFilter.ALL.withLabel("label1", "v77"));
        filters.put("label of one in 10", JobFilter.ALL.withLabel("label2", "v7"));
        filters.put("time", JobFilter.ALL.withSince(Instant.ofEpochSecond(400_123)));
        return filters;
    }

    private static void measure(DerbyStore store, String what, JobFilter filter) {
        long[] nanos = new long[ROUNDS];
        long cpu = cpu();
        JobFacets facets = null;
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            facets = store.reads().facets(filter, Set.of(), type -> type);
            nanos[round] = System.nanoTime() - began;
        }
        double each = (cpu() - cpu) / 1e6 / ROUNDS;
        long first = nanos[0];
        Arrays.sort(nanos);
        System.out.printf(
                "numbers of %-24s %8d jobs%s: first %6.1f, p50 %6.1f, p95 %6.1f ms; %5.1f ms of processor time%n",
                what,
                facets.total(),
                facets.coverage().lookedBackTo() == null ? "" : " (not whole)",
                first / 1e6,
                nanos[ROUNDS / 2] / 1e6,
                nanos[ROUNDS * 95 / 100] / 1e6,
                each);
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("jobyard-store-searcher"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }
}
