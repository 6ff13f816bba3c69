// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.Measured;
import io.jobyard.benchmarks.Percentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Commands of {@link Session} on a library in this process. */
final class Commands {

    /** Longest time for a command. Some libraries run only a few jobs per second. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    static final int BYTES = 200;

    private static final long LOOK_MILLIS = 2;

    private final Rival rival;
    private final Runs runs;
    private final AtomicInteger submitted = new AtomicInteger();
    private boolean isStarted;

    Commands(Rival rival, Runs runs) {
        this.rival = rival;
        this.runs = runs;
    }

    /** Runs a command line, for example {@code submit 5000 1 1}. */
    Done run(String line) throws Exception {
        String[] words = line.split(" ");
        int jobs = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "submit" -> submit(jobs, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "drain" -> measured(() -> drain(jobs));
            case "work" -> measured(() -> work(jobs, Integer.parseInt(words[2])));
            case "latency" -> latency(jobs, Long.parseLong(words[2]));
            default -> throw new IllegalArgumentException(line);
        };
    }

    private static Done measured(Callable<Integer> command) throws Exception {
        int[] done = new int[1];
        Measured measured = Measured.of(1, () -> done[0] = command.call());
        return Done.of(measured, done[0]);
    }

    private Done submit(int jobs, int threads, int batch) throws Exception {
        return measured(() -> batch == 1 ? submit(jobs, threads) : submitAll(jobs, batch));
    }

    private int submit(int jobs, int threads) throws Exception {
        int from = submitted.get();
        long end = System.nanoTime() + LIMIT.toNanos();
        Callable<Void> submitter = () -> {
            for (int number = next(from + jobs); number >= 0 && System.nanoTime() < end; number = next(from + jobs)) {
                rival.submit(Runs.payload(number, BYTES));
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> submitters = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                submitters.add(submitter);
            }
            for (Future<Void> each : pool.invokeAll(submitters)) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
        return submitted.get() - from;
    }

    /** Returns the next number; -1 if there are no more. */
    private int next(int end) {
        int number = submitted.getAndUpdate(now -> now < end ? now + 1 : now);
        return number < end ? number : -1;
    }

    private int submitAll(int jobs, int batch) throws Exception {
        int from = submitted.get();
        long end = System.nanoTime() + 2 * LIMIT.toNanos();
        while (submitted.get() < from + jobs && System.nanoTime() < end) {
            int first = submitted.get();
            int last = Math.min(from + jobs, first + batch);
            rival.submitAll(IntStream.range(first, last)
                    .mapToObj(number -> Runs.payload(number, BYTES))
                    .toList());
            submitted.set(last);
        }
        return submitted.get() - from;
    }

    private int drain(int jobs) throws Exception {
        int from = runs.count();
        start();
        int begun = runs.await(from + jobs, LIMIT) - from;
        awaitCompleted();
        rival.pause();
        return begun;
    }

    private int work(int jobs, int threads) throws Exception {
        int from = runs.count();
        start();
        int stored = submit(jobs, threads);
        int begun = runs.await(from + stored, LIMIT) - from;
        awaitCompleted();
        rival.pause();
        return begun;
    }

    private void start() throws Exception {
        if (isStarted) {
            rival.resume();
        } else {
            rival.start();
            isStarted = true;
        }
    }

    /** Queries the database only when all jobs have begun, so that the query is no part of the load. */
    private void awaitCompleted() throws Exception {
        while (runs.count() >= submitted.get() && !rival.completed(submitted.get())) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private Done latency(int jobs, long everyMillis) throws Exception {
        start();
        int from = submitted.get();
        long[] returned = new long[jobs];
        for (int i = 0; i < jobs; i++) {
            rival.submit(Runs.payload(submitted.getAndIncrement(), BYTES));
            returned[i] = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(everyMillis);
        }
        runs.await(from + jobs, LIMIT);
        long[] nanos = new long[jobs];
        Arrays.setAll(nanos, i -> Math.max(0, runs.begunNanos(from + i) - returned[i]));
        Arrays.sort(nanos);
        awaitCompleted();
        rival.pause();
        return new Done(jobs, 0, 0, Percentile.millis(nanos, 50), Percentile.millis(nanos, 99));
    }
}
