// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.benchmarks.Measured;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands about one retry of many jobs. */
@Component(
        service = BulkCommands.class,
        property = {
            "osgi.command.scope=bench",
            "osgi.command.function=fail",
            "osgi.command.function=retryAll",
            "osgi.command.function=beginRetry",
            "osgi.command.function=endRetry",
            "osgi.command.function=retried"
        })
public final class BulkCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "retried";
    private static final String URGENT = "urgent";
    private static final int BYTES = 200;
    private static final int BATCH = 1_000;
    private static final int EVERY_MILLIS = 20;

    private final BundleContext context;
    private final JobManager jobs;
    private final StatusReporter status;
    private final FinishedCount progress;

    @Activate
    public BulkCommands(BundleContext context, @Reference JobManager jobs, @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.status = status;
        this.progress = new FinishedCount(status);
    }

    /** Submits jobs with that label, which all fail. */
    public String fail(int count, String label) throws Exception {
        JobHandler handler = job -> {
            throw new IllegalStateException("it fails the first time");
        };
        long from = progress.endedBadly();
        return JSON.writeValueAsString(Measured.of(
                count,
                () -> Handling.during(context, TYPE, handler, () -> {
                    new Submitters(
                                    jobs,
                                    count,
                                    1,
                                    BATCH,
                                    () -> Payloads.job(TYPE, BYTES)
                                            .maxRetries(0)
                                            .label("round", label)
                                            .build())
                            .run();
                    return progress.awaitBad(from + count);
                })));
    }

    private static JobFilter of(String label) {
        return JobFilter.ALL.withType(TYPE).withLabel("round", label);
    }

    /** Begins a retry of all that failed with that label; its number. */
    public String beginRetry(String label) throws Exception {
        BulkRequest all = new BulkRequest(BulkAction.RETRY, of(label).withStatus(JobStatus.FAILED), null);
        return JSON.writeValueAsString(jobs.beginBulk(all).number());
    }

    /** Waits until a retry has ended and its jobs are done by a handler that succeeds; what the bulk came to. */
    public String endRetry(int number, String label, int count) throws Exception {
        return Handling.during(
                context, TYPE, Handling.NOTHING, () -> JSON.writeValueAsString(ended(number, label, count)));
    }

    private Map<String, Long> ended(int number, String label, int count) throws InterruptedException {
        BulkStatus bulk = jobs.bulk(number);
        while (!bulk.isFinished() || completed(label) < count) {
            TimeUnit.MILLISECONDS.sleep(200);
            bulk = jobs.bulk(number);
        }
        return Map.of("done", bulk.progress().done(), "refused", bulk.progress().refused());
    }

    private long completed(String label) {
        return status.facets(of(label)).byStatus().getOrDefault(JobStatus.COMPLETED, 0L);
    }

    /**
     * Retries all that failed with that label, while its jobs are done as they come back and urgent ones come every
     * {@value #EVERY_MILLIS} ms: what the bulk came to, how long it took, and from submit's return to the first line of the urgent ones.
     */
    public String retryAll(String label, int count) throws Exception {
        Map<JobId, Long> returned = new ConcurrentHashMap<>();
        Map<JobId, Long> begun = new ConcurrentHashMap<>();
        JobHandler urgent = job -> {
            begun.put(job.job().id(), System.nanoTime());
            return Map.of();
        };
        return Handling.during(
                context,
                URGENT,
                urgent,
                () -> Handling.during(context, TYPE, Handling.NOTHING, () -> {
                    long from = System.nanoTime();
                    int number = JSON.readValue(beginRetry(label), Integer.class);
                    CompletableFuture<Double> over = CompletableFuture.supplyAsync(() -> awaitBulk(number, from));
                    while (!over.isDone()) {
                        JobId id = jobs.submit(
                                        Payloads.job(URGENT, BYTES).priority(1).build())
                                .id();
                        returned.put(id, System.nanoTime());
                        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                    }
                    Map<String, Long> ended = ended(number, label, count);
                    while (begun.size() < returned.size()) {
                        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                    }
                    long[] nanos = returned.entrySet().stream()
                            .mapToLong(one -> Math.max(0, begun.get(one.getKey()) - one.getValue()))
                            .sorted()
                            .toArray();
                    return JSON.writeValueAsString(Map.of(
                            "done", ended.get("done"),
                            "refused", ended.get("refused"),
                            "seconds", over.join(),
                            "urgent", nanos.length,
                            "late", Latency.percentiles(nanos),
                            "most", nanos[nanos.length - 1] / 1e6));
                }));
    }

    private double awaitBulk(int number, long from) {
        try {
            while (!jobs.bulk(number).isFinished()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return (System.nanoTime() - from) / 1e9;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many jobs with that label were retried once, and how many not so. */
    public String retried(String label) throws Exception {
        long once = 0;
        long others = 0;
        JobQuery query = JobQuery.of(of(label), BATCH);
        while (query != null) {
            JobPage page = status.find(query);
            List<JobId> ids = page.jobs().stream().map(Job::id).toList();
            for (List<HistoryEvent> history : status.histories(ids).values()) {
                if (history.stream().filter(BulkCommands::isRetry).count() == 1) {
                    once++;
                } else {
                    others++;
                }
            }
            query = page.next() == null ? null : query.withAfter(page.next());
        }
        return JSON.writeValueAsString(Map.of("once", once, "others", others));
    }

    private static boolean isRetry(HistoryEvent event) {
        return event.from() == JobStatus.FAILED && !event.to().isFinished();
    }
}
