// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.handler.JobContext;
import io.jobyard.benchmarks.Percentile;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;

/** From submit's return to the handler's first line, on one clock. */
final class Latency {

    private record Begun(JobId id, long nanos) {}

    private final JobManager jobs;
    private final BundleContext context;
    private final BlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
    private int passed;

    Latency(JobManager jobs, BundleContext context) {
        this.jobs = jobs;
        this.context = context;
    }

    Latencies measure(int times, long everyMillis, int bytes) throws Exception {
        long[] nanos = Handling.during(context, this::begin, () -> submit(times, everyMillis, bytes));
        Arrays.sort(nanos);
        return percentiles(nanos);
    }

    static Latencies percentiles(long[] sortedNanos) {
        return new Latencies(
                Percentile.millis(sortedNanos, 50),
                Percentile.millis(sortedNanos, 95),
                Percentile.millis(sortedNanos, 99));
    }

    private Map<String, Object> begin(JobContext job) {
        long now = System.nanoTime();
        begun.add(new Begun(job.job().id(), now));
        return Map.of();
    }

    /** The same while workers are busy with less urgent ones, and how many of those begin meanwhile. */
    Passed measureUrgent(int times, long everyMillis, int bytes) throws Exception {
        passed = 0;
        long[] nanos = Handling.during(context, this::begin, () -> submit(times, everyMillis, bytes));
        Arrays.sort(nanos);
        return new Passed(Percentile.millis(nanos, 50), Percentile.millis(nanos, 99), nanos[times - 1] / 1e6, passed);
    }

    private long[] submit(int times, long everyMillis, int bytes) throws InterruptedException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            JobId id = jobs.submit(Payloads.job(bytes).priority(1).build()).id();
            long returned = System.nanoTime();
            nanos[i] = Math.max(0, firstLine(id, returned) - returned); // it may come before submit has returned
            TimeUnit.MILLISECONDS.sleep(everyMillis);
        }
        return nanos;
    }

    private long firstLine(JobId id, long after) throws InterruptedException {
        int others = 0;
        Begun next = begun.take();
        while (!next.id().equals(id)) {
            if (next.nanos() > after) {
                others++;
            }
            next = begun.take();
        }
        passed = Math.max(passed, others);
        return next.nanos();
    }

    /** Percentiles in milliseconds. */
    record Latencies(double p50, double p95, double p99) {}

    /** In milliseconds, and in starts of others: the most before any one of them. */
    record Passed(double p50, double p99, double most, int others) {}
}
