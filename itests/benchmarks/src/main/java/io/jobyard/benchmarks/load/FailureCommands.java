// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.benchmarks.Measured;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands about jobs whose runs fail or take too long. */
@Component(
        service = FailureCommands.class,
        property = {"osgi.command.scope=bench", "osgi.command.function=drainRetried", "osgi.command.function=timeOut"})
public final class FailureCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final BundleContext context;
    private final JobManager jobs;
    private final FinishedCount progress;

    @Activate
    public FailureCommands(BundleContext context, @Reference JobManager jobs, @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.progress = new FinishedCount(status);
    }

    /** Fails the first attempt of each queued job and completes the second, until so many jobs are completed. */
    public String drainRetried(int count, long delayMillis) throws Exception {
        long from = progress.completed();
        JobHandler handler = job -> {
            if (job.attempt() == 1) {
                throw new RetryableException("failed", Duration.ofMillis(delayMillis), null);
            }
            return Map.of();
        };
        return JSON.writeValueAsString(Measured.of(count, () -> {
            Handling.during(context, handler, () -> progress.await(from + count));
        }));
    }

    /** Lets each of so many jobs run until its timeout of a second; tells how long after that it was interrupted. */
    public String timeOut(int count, int bytes) throws Exception {
        new Submitters(
                        jobs,
                        count,
                        1,
                        1_000,
                        () -> Payloads.job(bytes).timeout(TIMEOUT).maxRetries(0).build())
                .run();
        Queue<Long> late = new ConcurrentLinkedQueue<>();
        long from = progress.endedBadly();
        Measured measured = Measured.of(count, () -> {
            Handling.during(context, job -> overrun(late), () -> progress.awaitBad(from + count));
        });
        long[] nanos = late.stream().mapToLong(Long::longValue).sorted().toArray();
        return JSON.writeValueAsString(Map.of("measured", measured, "late", Latency.percentiles(nanos)));
    }

    private static Map<String, Object> overrun(Queue<Long> late) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        try {
            new CountDownLatch(1).await();
        } finally {
            late.add(System.nanoTime() - end);
        }
        return Map.of();
    }
}
