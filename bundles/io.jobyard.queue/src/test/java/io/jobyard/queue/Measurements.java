// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.jobs.Slots;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Measures what shut lanes cost those that are open: the processor time to take a job of another queue. Run by
 * hand; prints medians of interleaved pairs. With an argument only those that have it in their names.
 */
final class Measurements {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int PAIRS = 5;
    private static final int JOBS = 2_000;

    /** What the names of those have in them that are run. */
    private static String only = "";

    private Measurements() {}

    public static void main(String[] arguments) throws Exception {
        only = arguments.length == 0 ? "" : arguments[0];
        if (only.isEmpty()) {
            fiftyThreadsForHalfAMinute();
        }
        compare("500,000 jobs of one lane in a paused queue", fixture -> {
            for (int i = 0; i < 500_000; i++) {
                fixture.submitTo("held", "bulk", 1);
            }
        });
        compare("500,000 jobs of one lane at a limit that is used up", fixture -> {
            fixture.limit("openai", "rate.requests", "1/d");
            for (int i = 0; i < 500_000; i++) {
                fixture.submitLimited("bulk", 1, Map.of(), "openai");
            }
            fixture.start(1);
        });
        for (int values : new int[] {10, 10_000}) {
            compare("1,000,000 jobs at " + values + " values of a limit that are used up", fixture -> {
                fixture.limit("tenants", "running.max", "1", "key", "label.tenant");
                for (int i = 0; i < 1_000_000; i++) {
                    fixture.submitLimited("s" + i % 7, 1, Map.of(), "tenants=t" + i % values);
                }
                fixture.start(values);
            });
        }
        for (int values : new int[] {10, 10_000}) {
            compareEnds(
                    "100 jobs at once of 200,000 at " + values + " values of a limit, each of which has a place",
                    values);
        }
        compare("500,000 jobs of a type that has no handler", fixture -> {
            fixture.shut(lane -> lane.type().equals("missing"));
            fixture.submit(500_000, "bulk", 1, "missing");
        });
        compare("1,000 submitters with 50 types each in a paused queue: 50,000 lanes", fixture -> {
            for (int i = 0; i < 50_000; i++) {
                fixture.submit(fixture.job("s" + i % 1_000, 1, "t" + i / 1_000, 0, "held", List.of(), Map.of()));
            }
        });
        compare("1,000 submitters with an estimate behind a limit that is nearly drawn", fixture -> {
            fixture.limit("openai", "rate.tokens", "1/d burst 50");
            for (int i = 0; i < 1_000; i++) {
                fixture.submit(fixture.job("s" + i, 1, "t", 0, null, List.of("openai"), Map.of("tokens", 49.5 + i)));
            }
            fixture.start(1);
        });
        compare("2,000 queues, all paused", fixture -> {
            for (int i = 0; i < 2_000; i++) {
                fixture.lanes.follower.paused(
                        new Pause(PauseTarget.queue("held" + i), "alice", LanesFixture.START, null, null));
                fixture.submitTo("held" + i, "s", 1);
            }
        });
    }

    private static void fiftyThreadsForHalfAMinute() throws Exception {
        Asked clock = new Asked();
        LanesFixture fixture = new LanesFixture(clock);
        fixture.limit("api", "rate.requests", "100/10s burst 5");
        for (int i = 0; i < 1_000; i++) {
            fixture.submitLimited("s" + i % 7, 5, Map.of(), "api");
        }
        Queue<Instant> starts = new ConcurrentLinkedQueue<>();
        Instant end = clock.instant().plusSeconds(30);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(new Thread(() -> takeUntil(end, fixture, clock, starts)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        List<Instant> inOrder = starts.stream().sorted().toList();
        double most = 0;
        for (int first = 0; first < inOrder.size(); first++) {
            for (int last = first; last < inOrder.size(); last++) {
                double seconds =
                        Duration.between(inOrder.get(first), inOrder.get(last)).toNanos() / 1e9;
                most = Math.max(most, last - first + 1 - 10 * seconds);
            }
        }
        System.out.printf(
                "50 threads, 100/10s burst 5, 30 s: %d starts of 305; at most %.2f beyond the rate in any window%n",
                inOrder.size(), most);
    }

    private static void takeUntil(Instant end, LanesFixture fixture, Asked clock, Queue<Instant> starts) {
        try {
            while (clock.instant().isBefore(end)) {
                fixture.lanes
                        .claims
                        .take(() -> new Slots(1, 0), Duration.ofMillis(500))
                        .forEach(job -> {
                            fixture.lanes.draws.begun(job.position().id());
                            starts.add(clock.latest.get());
                        });
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The real time, and what it last told a thread: the instant by which that thread's draw was decided. */
    private static final class Asked extends Clock {

        final ThreadLocal<Instant> latest = new ThreadLocal<>();

        @Override
        public Instant instant() {
            Instant now = Instant.now();
            latest.set(now);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static void compare(String what, Consumer<LanesFixture> load) {
        if (!what.contains(only)) {
            return;
        }
        LanesFixture loaded = fixture();
        load.accept(loaded);
        LanesFixture empty = fixture();
        micros(loaded);
        micros(empty);
        double[] with = new double[PAIRS];
        double[] without = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            with[i] = micros(loaded);
            without[i] = micros(empty);
        }
        System.out.printf(
                "%s: %.1f us a job, without %.1f us: %.2f times%n",
                what, median(with), median(without), median(with) / median(without));
    }

    /** What it takes to start the next job and to hear of its end, while jobs of all values may start. */
    private static void compareEnds(String what, int values) {
        if (!what.contains(only)) {
            return;
        }
        LanesFixture fixture = new LanesFixture();
        fixture.limit("tenants", "running.max", "50", "key", "label.tenant");
        for (int i = 0; i < 200_000; i++) {
            fixture.submitLimited("s" + i % 7, 1, Map.of(), "tenants=t" + i % values);
        }
        Deque<JobId> running = new ArrayDeque<>(fixture.start(100));
        double[] micros = new double[PAIRS];
        for (int pair = -1; pair < PAIRS; pair++) {
            long start = CPU.getCurrentThreadCpuTime();
            for (int i = 0; i < JOBS; i++) {
                fixture.move(running.remove(), JobStatus.COMPLETED);
                running.addAll(fixture.start(1));
            }
            micros[Math.max(0, pair)] = (CPU.getCurrentThreadCpuTime() - start) / 1_000.0 / JOBS;
        }
        System.out.printf("%s: %.1f us a job%n", what, median(micros));
    }

    private static LanesFixture fixture() {
        LanesFixture fixture = new LanesFixture();
        fixture.lanes.follower.paused(new Pause(PauseTarget.queue("held"), "alice", LanesFixture.START, null, null));
        return fixture;
    }

    private static double micros(LanesFixture fixture) {
        for (int i = 0; i < JOBS; i++) {
            fixture.submitTo("free", "s" + i % 10, 5);
        }
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < JOBS; i++) {
            if (fixture.take(1).size() != 1) {
                throw new IllegalStateException("nothing to take");
            }
        }
        double micros = (CPU.getCurrentThreadCpuTime() - start) / 1_000.0 / JOBS;
        return micros;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
