// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.benchmarks.Measured;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of scope {@code bench}. Each does one thing, measures it, and answers with a line of JSON. */
@Component(
        service = LoadCommands.class,
        property = {
            "osgi.command.scope=bench",
            "osgi.command.function=ready",
            "osgi.command.function=submit",
            "osgi.command.function=hold",
            "osgi.command.function=back",
            "osgi.command.function=drain",
            "osgi.command.function=drainWaiting",
            "osgi.command.function=drainBeside",
            "osgi.command.function=work",
            "osgi.command.function=large",
            "osgi.command.function=latency",
            "osgi.command.function=urgent",
            "osgi.command.function=graph",
            "osgi.command.function=cancel"
        })
public final class LoadCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BundleContext context;
    private final JobManager jobs;
    private final FinishedCount progress;

    /** Made by Declarative Services. */
    @Activate
    public LoadCommands(BundleContext context, @Reference JobManager jobs, @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.progress = new FinishedCount(status);
    }

    /** Answers once the host takes load. */
    public String ready() throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of("completed", progress.completed()));
    }

    /** Submits jobs and leaves them queued. */
    public String submit(int count, int threads, int batch, int bytes) throws Exception {
        Submitters submitters = new Submitters(jobs, count, threads, batch, plain(bytes));
        return answer(count, submitters::run);
    }

    /** Submits jobs that something holds: their queue, their limit, or that no handler is there for their type. */
    public String hold(int count, String type, String queue, String limit, int bytes) throws Exception {
        Submitters submitters = new Submitters(
                jobs,
                count,
                2,
                1_000,
                () -> Payloads.job(type, bytes)
                        .queue(queue)
                        .limits(limit.equals("none") ? new String[0] : new String[] {limit})
                        .build());
        return answer(count, submitters::run);
    }

    /** How long after the coming of a type's handler the first of its jobs begins, in seconds. */
    public String back(String type) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JobHandler handler = job -> {
            begun.countDown();
            return Map.of();
        };
        return answer(1, () -> Handling.during(context, type, handler, () -> begun.await(1, TimeUnit.MINUTES)));
    }

    private static Supplier<JobSpecification> plain(int bytes) {
        return () -> Payloads.job(bytes).build();
    }

    /** Lets workers have what is queued until so many jobs are completed. */
    public String drain(int count) throws Exception {
        long from = progress.completed();
        return answer(count, () -> Handling.during(context, Handling.NOTHING, () -> progress.await(from + count)));
    }

    /** The same with a handler that waits for so long. */
    public String drainWaiting(int count, long millis) throws Exception {
        long from = progress.completed();
        JobHandler handler = job -> {
            TimeUnit.MILLISECONDS.sleep(millis);
            return Map.of();
        };
        return answer(count, () -> Handling.during(context, handler, () -> progress.await(from + count)));
    }

    /** The same while a listener behaves badly. */
    public String drainBeside(String listener, int count) throws Exception {
        return Hostile.of(listener).during(context, () -> drain(count));
    }

    /** Submits jobs while workers do them, until all are completed. */
    public String work(int count, int threads, int batch, int bytes) throws Exception {
        Submitters submitters = new Submitters(jobs, count, threads, batch, plain(bytes));
        long from = progress.completed();
        return Handling.during(
                context,
                Handling.NOTHING,
                () -> answer(count, () -> {
                    submitters.run();
                    progress.await(from + count);
                }));
    }

    /** As many submits of large payloads at once, which the handler reads; tells what heap that took. */
    public String large(int count, int bytes) throws Exception {
        long from = progress.completed();
        try (HeapWatch heap = new HeapWatch()) {
            Submitters submitters = new Submitters(jobs, count, count, 1, plain(bytes));
            Measured measured = Handling.during(
                    context,
                    Handling.READING,
                    () -> Measured.of(count, () -> {
                        submitters.run();
                        progress.await(from + count);
                    }));
            return JSON.writeValueAsString(Map.of("measured", measured, "heap", heap.seen()));
        }
    }

    /** Submits single jobs to an idle host; how long after submit's return the handler's first line came. */
    public String latency(int times, long everyMillis, int bytes) throws Exception {
        return JSON.writeValueAsString(new Latency(jobs, context).measure(times, everyMillis, bytes));
    }

    /** The same of the most urgent level while workers have so many others before them, which are short. */
    public String urgent(int times, long everyMillis, int backlog, int bytes) throws Exception {
        long from = progress.completed();
        new Submitters(
                        jobs,
                        backlog,
                        1,
                        1_000,
                        () -> Payloads.job(bytes).priority(9).build())
                .run();
        Latency.Passed passed = new Latency(jobs, context).measureUrgent(times, everyMillis, bytes);
        long left = from + backlog + times - progress.completed();
        if (left <= 0) {
            throw new IllegalStateException("the others were over before the last urgent job: ask for more of them");
        }
        Handling.during(context, Handling.NOTHING, () -> {
            progress.await(from + backlog + times);
            return null;
        });
        return JSON.writeValueAsString(passed);
    }

    /** Submits jobs that wait for each other, in one call, until all are completed. */
    public String graph(String shape, int count, int bytes) throws Exception {
        Graph graph = Graph.of(shape);
        long from = progress.completed();
        return Handling.during(
                context,
                Handling.NOTHING,
                () -> answer(count, () -> {
                    jobs.submitAll(graph.specifications(count, bytes));
                    progress.await(from + count);
                }));
    }

    /** Cancels the job that all others of a graph wait for, directly or not, until every one has ended. */
    public String cancel(String shape, int count, int bytes) throws Exception {
        List<Submission> graph = jobs.submitAll(Graph.of(shape).specifications(count, bytes));
        long from = progress.endedBadly();
        return answer(count, () -> {
            jobs.cancel(graph.get(0).id());
            progress.awaitBad(from + count);
        });
    }

    private static String answer(int count, Measured.Task task) throws Exception {
        return JSON.writeValueAsString(Measured.of(count, task));
    }
}
