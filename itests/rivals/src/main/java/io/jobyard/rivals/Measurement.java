// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.Measured;
import io.jobyard.benchmarks.Percentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a task takes on a rival that is fresh. */
final class Measurement {

    private static final long LOOK_MILLIS = 2;
    /** Nobody waits a quarter of an hour for a library that does a few jobs a second. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Rival rival;
    private final Runs runs;
    private final int jobs;

    Measurement(Rival rival, Runs runs, int jobs) {
        this.rival = rival;
        this.runs = runs;
        this.jobs = jobs;
    }

    Map<Value, Double> of(Task task) throws Exception {
        return switch (task) {
            case SUBMIT -> Map.of(Value.SUBMIT, rate(() -> submit(1)));
            case DRAIN -> Map.of(Value.BULK, rate(this::submitBulk), Value.DRAIN, rateOfDone(this::drain));
            case WORK -> Map.of(Value.WORK, rateOfDone(this::work));
            case LATENCY -> latency();
        };
    }

    private double rate(Measured.Task task) throws Exception {
        return Measured.of(jobs, task).rate();
    }

    /** Of the jobs that were done, if it was broken off before all were. */
    private double rateOfDone(Callable<Integer> task) throws Exception {
        long begun = System.nanoTime();
        int done = task.call();
        return done * 1e9 / (System.nanoTime() - begun);
    }

    private void submit(int threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> submitter = () -> {
            for (int number = next.getAndIncrement(); number < jobs; number = next.getAndIncrement()) {
                rival.submit(Runs.payload(number, Task.BYTES));
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> submitters = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                submitters.add(submitter);
            }
            for (Future<Void> end : pool.invokeAll(submitters)) {
                end.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private void submitBulk() throws Exception {
        for (int from = 0; from < jobs; from += Task.BULK) {
            rival.submitAll(IntStream.range(from, Math.min(jobs, from + Task.BULK))
                    .mapToObj(number -> Runs.payload(number, Task.BYTES))
                    .toList());
        }
    }

    private int drain() throws Exception {
        rival.start();
        return awaitCompleted();
    }

    private int work() throws Exception {
        rival.start();
        submit(Task.SUBMITTERS);
        return awaitCompleted();
    }

    /** Asks the database only when all have begun, so that it has no part in the load. */
    private int awaitCompleted() throws Exception {
        int begun = runs.await(jobs, LIMIT);
        while (begun >= jobs && !rival.completed(jobs)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return begun;
    }

    /** From submit's return to the handler's first line; 0 if that was earlier. */
    private Map<Value, Double> latency() throws Exception {
        rival.start();
        long[] returned = new long[jobs];
        for (int number = 0; number < jobs; number++) {
            rival.submit(Runs.payload(number, Task.BYTES));
            returned[number] = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(Task.EVERY_MILLIS);
        }
        runs.await(jobs, LIMIT);
        long[] nanos = new long[jobs];
        Arrays.setAll(nanos, number -> Math.max(0, runs.begunNanos(number) - returned[number]));
        Arrays.sort(nanos);
        return Map.of(Value.LATENCY_P50, Percentile.millis(nanos, 50), Value.LATENCY_P99, Percentile.millis(nanos, 99));
    }
}
