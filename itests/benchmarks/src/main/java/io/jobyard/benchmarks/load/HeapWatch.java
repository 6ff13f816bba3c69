// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;

/** The heap in use while something happens, garbage included, looked at every few milliseconds. */
final class HeapWatch implements AutoCloseable {

    private static final long LOOK_MILLIS = 2;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final long before;
    private final Thread thread = new Thread(this::watch, "bench-heap");
    private volatile long peak;

    HeapWatch() {
        memory.gc();
        before = used();
        peak = before;
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                peak = Math.max(peak, used());
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long used() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    Heap seen() {
        return new Heap(before / 1e6, peak / 1e6);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** In megabytes. */
    record Heap(double before, double peak) {}
}
