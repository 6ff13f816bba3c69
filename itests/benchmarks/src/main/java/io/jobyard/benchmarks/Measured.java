// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Something done so many times.
 *
 * @param count how many jobs
 * @param seconds by the wall clock
 * @param cpuSeconds what all threads of the process used meanwhile, compiler and collector among them
 * @param busiest the thread that used most
 * @param busiestSeconds what that one used: also on an idle machine no run is shorter
 */
public record Measured(long count, double seconds, double cpuSeconds, String busiest, double busiestSeconds) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is measured. */
    @FunctionalInterface
    public interface Task {
        /** Does it. */
        void run() throws Exception;
    }

    /** Does it and measures. */
    public static Measured of(long count, Task task) throws Exception {
        Duration cpu = cpu();
        Map<Long, Long> threads = threads();
        long begun = System.nanoTime();
        task.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double used = cpu().minus(cpu).toMillis() / 1e3;
        Map.Entry<Long, Long> busiest = busiest(threads);
        ThreadInfo info = THREADS.getThreadInfo(busiest.getKey());
        return new Measured(count, seconds, used, info == null ? "" : info.getThreadName(), busiest.getValue() / 1e9);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Map<Long, Long> threads() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            nanos.put(id, Math.max(0, THREADS.getThreadCpuTime(id)));
        }
        return nanos;
    }

    private static Map.Entry<Long, Long> busiest(Map<Long, Long> before) {
        Map<Long, Long> used = threads();
        used.replaceAll((id, nanos) -> nanos - before.getOrDefault(id, 0L));
        return used.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    }

    /** Jobs a second. */
    public double rate() {
        return count / seconds;
    }

    double cpuMicros() {
        return cpuSeconds * 1e6 / count;
    }

    double busiestMicros() {
        return busiestSeconds * 1e6 / count;
    }

    /** Of other jobs, one after the other. */
    static Measured sum(List<Measured> parts) {
        Measured sum = parts.stream().reduce(Measured::then).orElseThrow();
        long count = parts.stream().mapToLong(Measured::count).sum();
        return new Measured(count, sum.seconds, sum.cpuSeconds, sum.busiest, sum.busiestSeconds);
    }

    /** This and then the other, on the same jobs. */
    Measured then(Measured other) {
        return new Measured(
                count,
                seconds + other.seconds,
                cpuSeconds + other.cpuSeconds,
                busiest,
                busiestSeconds + other.busiestSeconds);
    }
}
