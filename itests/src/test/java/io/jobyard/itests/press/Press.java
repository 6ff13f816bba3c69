// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.press;

import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.QuotaException;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Submits from many threads of the host for a while, and measures the host meanwhile. */
@Component
@HandlesJob("press")
public final class Press implements JobHandler {

    private static final int SMALL_STACK = 128 * 1024;
    private static final JobSpecification ECHO =
            JobSpecification.type("echo").payload(Map.of()).build();

    private final JobManager jobs;

    @Activate
    public Press(@Reference JobManager jobs) {
        this.jobs = jobs;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws InterruptedException {
        Payload payload = context.payload(Payload.class);
        Measure measure = new Measure(payload.submitters());
        long end = System.nanoTime() + payload.seconds() * 1_000_000_000L;
        List<Thread> submitters = new ArrayList<>();
        for (int n = 0; n < payload.submitters(); n++) {
            Thread thread = new Thread(null, () -> submit(measure, end), "press-" + n, SMALL_STACK);
            submitters.add(thread);
            thread.start();
        }
        while (System.nanoTime() < end) {
            Thread.sleep(payload.seconds() * 1_000L / Measure.LOOKS);
            measure.look();
        }
        for (Thread thread : submitters) {
            thread.join();
        }
        return measure.result();
    }

    private void submit(Measure measure, long end) {
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            try {
                jobs.submit(ECHO);
                measure.stored.incrementAndGet();
            } catch (QuotaException e) {
                measure.refused.incrementAndGet();
            }
            long took = (System.nanoTime() - begun) / 1_000_000;
            measure.longestMillis.accumulateAndGet(took, Math::max);
        }
    }

    record Payload(int submitters, int seconds) {}

    private static final class Measure {

        static final int LOOKS = 10;

        final AtomicInteger stored = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicLong longestMillis = new AtomicLong();
        private final int submitters;
        private final int threadsBefore = threads();
        private final List<Integer> threads = new ArrayList<>();
        private final List<Long> heapMegabytes = new ArrayList<>();

        Measure(int submitters) {
            this.submitters = submitters;
        }

        private static int threads() {
            return ManagementFactory.getThreadMXBean().getThreadCount();
        }

        void look() {
            System.gc();
            threads.add(threads() - submitters);
            heapMegabytes.add(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        }

        Map<String, Object> result() {
            return Map.of(
                    "stored",
                    stored.get(),
                    "refused",
                    refused.get(),
                    "longestMillis",
                    longestMillis.get(),
                    "threadsBefore",
                    threadsBefore,
                    "threads",
                    threads,
                    "heapMegabytes",
                    heapMegabytes);
        }
    }
}
