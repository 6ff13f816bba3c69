// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.benchmarks.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands about handlers with steps, waits and streams. */
@Component(
        service = WorkCommands.class,
        property = {
            "osgi.command.scope=bench",
            "osgi.command.function=drainStepped",
            "osgi.command.function=emit",
            "osgi.command.function=rest",
            "osgi.command.function=wakeUp"
        })
public final class WorkCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES = 200;
    private static final int PAGE = 1_000;
    private static final Duration LONG = Duration.ofDays(1);

    private final BundleContext context;
    private final JobManager jobs;
    private final StatusReporter status;
    private final FinishedCount progress;

    @Activate
    public WorkCommands(BundleContext context, @Reference JobManager jobs, @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.status = status;
        this.progress = new FinishedCount(status);
    }

    /** Lets workers have what is queued, with a handler of so many steps, until so many jobs are completed. */
    public String drainStepped(int count, int steps) throws Exception {
        long from = progress.completed();
        JobHandler handler = job -> {
            for (int n = 1; n <= steps; n++) {
                job.step("step " + n, Integer.class, () -> 1);
            }
            return Map.of();
        };
        return JSON.writeValueAsString(Measured.of(
                count, () -> Handling.during(context, handler, () -> progress.await(from + count))));
    }

    /** One job emits so many texts; a reader follows it, and another one begins at its end. Both must have all, in order. */
    public String emit(int count, int bytes) throws Exception {
        String text = "x".repeat(bytes);
        JobHandler handler = job -> {
            for (int n = 0; n < count; n++) {
                job.emit(text);
            }
            return Map.of();
        };
        return JSON.writeValueAsString(Measured.of(
                count,
                () -> Handling.during(context, handler, () -> {
                    JobId id = jobs.submit(Payloads.job(BYTES).build()).id();
                    require(count * bytes, read(id));
                    require(count * bytes, read(id));
                    return null;
                })));
    }

    private List<StreamPiece> read(JobId id) throws InterruptedException {
        List<StreamPiece> read = new ArrayList<>();
        boolean isFinished = false;
        while (true) {
            List<StreamPiece> next = status.stream(id, read.size(), PAGE);
            read.addAll(next);
            if (next.isEmpty() && isFinished) {
                return read;
            } else if (next.isEmpty()) {
                isFinished = jobs.await(id, Duration.ofMillis(5)).status().isFinished();
            }
        }
    }

    private static void require(int characters, List<StreamPiece> read) {
        for (int n = 0; n < read.size(); n++) {
            if (read.get(n).position() != n + 1) {
                throw new IllegalStateException("piece " + read.get(n).position() + " stands at place " + (n + 1));
            }
        }
        int length = read.stream().mapToInt(piece -> piece.text().length()).sum();
        if (length != characters) {
            throw new IllegalStateException(length + " of " + characters + " characters were read");
        }
    }

    /** Has so many jobs wait for a signal. */
    public String rest(int count) throws Exception {
        JobHandler handler = job -> {
            job.signal("go", Boolean.class, LONG);
            return Map.of();
        };
        return JSON.writeValueAsString(Measured.of(
                count,
                () -> Handling.during(context, handler, () -> {
                    new Submitters(
                                    jobs,
                                    count,
                                    1,
                                    PAGE,
                                    () -> Payloads.job(BYTES).build())
                            .run();
                    while (status.statistics().byStatus().getOrDefault(JobStatus.WAITING, 0L) < count) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    return null;
                })));
    }

    /** Gives signals to jobs, one after the other: from the call to the handler's line behind the wait. */
    public String wakeUp(int times, long everyMillis) throws Exception {
        BlockingQueue<Long> woken = new LinkedBlockingQueue<>();
        JobHandler handler = job -> {
            job.signal("go", Boolean.class, LONG);
            woken.add(System.nanoTime());
            return Map.of();
        };
        long[] nanos = Handling.during(context, handler, () -> {
            long[] took = new long[times];
            for (int n = 0; n < times; n++) {
                JobId id = jobs.submit(Payloads.job(BYTES).priority(1).build()).id();
                awaitSignal(id);
                TimeUnit.MILLISECONDS.sleep(everyMillis);
                long asked = System.nanoTime();
                jobs.signal(id, "go", true);
                took[n] = woken.take() - asked;
            }
            return took;
        });
        Arrays.sort(nanos);
        return JSON.writeValueAsString(Latency.percentiles(nanos));
    }

    private void awaitSignal(JobId id) throws InterruptedException {
        Job job = jobs.job(id);
        while (job.state().reason() != Reason.SIGNAL) {
            TimeUnit.MILLISECONDS.sleep(1);
            job = jobs.job(id);
        }
    }
}
