// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Submits jobs to a host and follows them, over HTTP.
 *
 * <pre>{@code
 * try (JobyardClient jobs = JobyardClient.builder(URI.create("https://jobs.example.org")).tokenFile(file).build()) {
 *     ReportResult report = jobs.submit(REPORT, new ReportInput("2030-01")).result().join();
 * }
 * }</pre>
 *
 * <p>Each request returns a future. No thread waits for it. Use {@code join()} to block, {@code orTimeout} to limit the
 * time, and {@code cancel} to stop the request or the await. The exception of a future is a
 * {@link JobyardClientException}; {@code join()} throws it as the cause of a
 * {@link java.util.concurrent.CompletionException}. A {@link Stream} blocks while it waits for the
 * host; each has a form without blocking.
 *
 * <p>The client repeats requests without an answer, and requests to a busy host, within the timeout and with growing
 * pauses. Each submit has an {@code Idempotency-Key}, so that it never creates a second job. All awaits of a client share
 * one connection for events. Safe for use by several threads.
 */
public final class JobyardClient extends RestRequests implements AutoCloseable {

    private final AwaitedEnds ends;

    JobyardClient(HttpCalls calls) {
        super(calls);
        ends = new AwaitedEnds(calls);
    }

    /**
     * {@return a builder for a client}
     *
     * @param address the host's address, for example {@code https://jobs.example.org}
     */
    public static JobyardClientBuilder builder(URI address) {
        return new JobyardClientBuilder(address);
    }

    /**
     * {@return the submitted job} Submits a job of a type with classes.
     *
     * @param type the job type
     * @param payload the payload, which Jackson writes as a JSON object
     * @param <P> the class of the payload
     * @param <R> the class of the result
     */
    public <P, R> JobHandle<R> submit(JobType<P, R> type, P payload) {
        return submit(type, payload, job -> job);
    }

    /**
     * {@return the submitted job}
     * Submits a job of a type with classes and options, for example {@code job -> job.priority(2)}.
     *
     * @param type the job type
     * @param payload the payload, which Jackson writes as a JSON object
     * @param options sets options of the specification
     * @param <P> the class of the payload
     * @param <R> the class of the result
     */
    public <P, R> JobHandle<R> submit(JobType<P, R> type, P payload, UnaryOperator<JobSpecificationBuilder> options) {
        return submit(options.apply(type.with(payload)).build(), type.resultClass());
    }

    /**
     * {@return the submitted job, with its result as JSON} Submits a job.
     *
     * @param job the job
     */
    public JobHandle<JsonNode> submit(JobSpecification job) {
        return submit(job, JsonNode.class);
    }

    private <R> JobHandle<R> submit(JobSpecification job, Class<R> resultClass) {
        return new JobHandle<>(
                calls.write(() -> HttpCall.once(HttpCall.JOBS, SpecificationJson.of(job))), this::await, resultClass);
    }

    /**
     * {@return the ids, in this order} Submits several jobs, all or none. They can depend on each other by their names.
     *
     * @param jobs the jobs
     */
    public CompletableFuture<List<String>> submitAll(List<JobSpecification> jobs) {
        Supplier<Map<String, Object>> body =
                () -> Map.of("jobs", jobs.stream().map(SpecificationJson::of).toList());
        CompletableFuture<JsonNode> stored = calls.write(() -> HttpCall.once(HttpCall.JOBS + "/batch", body.get()));
        return Chained.map(stored, answer -> JsonFields.list(answer, "ids", JsonNode::asText));
    }

    /**
     * {@return a snapshot of a job with all its details}
     *
     * @param id the job's id
     */
    public CompletableFuture<RemoteJob> job(String id) {
        return Chained.map(get(HttpCall.path(id, "")), RemoteJob::new);
    }

    /**
     * {@return the job after its end, whatever its status}
     * Waits for the end of a job, even during a restart of the host. Cancelling the future ends the await.
     *
     * @param id the job's id
     */
    public CompletableFuture<RemoteJob> await(String id) {
        return ends.await(id);
    }

    /**
     * Waits for the result of a job. The future fails with code {@code job_failed} or {@code job_cancelled} if the job
     * does not complete, and with {@code no_result} if it has no result or the caller may not see it.
     *
     * @param id the job's id
     * @param type the class into which Jackson converts the result
     * @param <R> the type of the result
     * @return the result; cancelling the future ends the await
     */
    public <R> CompletableFuture<R> result(String id, Class<R> type) {
        return Chained.map(await(id), job -> job.required(type));
    }

    /**
     * {@return the job's new status} Cancels a job. A running job is asked to end.
     *
     * @param id the job's id
     */
    public CompletableFuture<String> cancel(String id) {
        return JobCancel.of(calls, id);
    }

    /**
     * Retries a failed or cancelled job. The client repeats the request only if the host certainly did not execute
     * it, because a second request could start a second retry.
     *
     * @param id the job's id
     * @return the job's new status; fails with code {@code uncertain} if the host may have executed the request
     */
    public CompletableFuture<String> retry(String id) {
        return Chained.map(calls.send(HttpCall.post(HttpCall.path(id, "/retry"), null, false)), JobyardClient::changed);
    }

    /**
     * {@return why a job is not running}
     *
     * @param id the job's id
     */
    public CompletableFuture<RemoteExplanation> explain(String id) {
        return Chained.map(get(HttpCall.path(id, "/explain")), RemoteExplanation::new);
    }

    /**
     * {@return all changes of a job, oldest first}
     *
     * @param id the job's id
     */
    public CompletableFuture<List<RemoteChange>> history(String id) {
        return Chained.map(
                get(HttpCall.path(id, "/history")), answer -> JsonFields.list(answer, "events", RemoteChange::new));
    }

    /**
     * {@return the log lines of a job's handler, oldest first}
     *
     * @param id the job's id
     */
    public CompletableFuture<List<RemoteLogLine>> log(String id) {
        return Chained.map(
                get(HttpCall.path(id, "/log")), answer -> JsonFields.list(answer, "lines", RemoteLogLine::new));
    }

    /**
     * {@return the lines from the oldest one, as they arrive}
     * Follows the log lines of a job's handler until the job has ended. Close the stream if you stop reading early.
     *
     * @param id the job's id
     */
    public Stream<RemoteLogLine> followLog(String id) {
        return FollowedText.of(calls, HttpCall.path(id, "/log"), "line", RemoteLogLine::new);
    }

    /**
     * Passes the log lines of a job's handler to a listener until the job has ended, as {@link #stream(String,
     * Predicate)} does with emitted text.
     *
     * @param id the job's id
     * @param listener receives each line in order, and returns whether to continue
     * @return completes at the job's end or when the listener returns false
     */
    public CompletableFuture<Void> followLog(String id, Predicate<RemoteLogLine> listener) {
        return FollowedEvents.text(calls, HttpCall.path(id, "/log"), "line", RemoteLogLine::new, listener);
    }

    /**
     * Follows the text that a job's handler emits, for example the answer of a model, until the job has ended.
     *
     * @param id the job's id
     * @return the pieces from the first one, as they arrive; close the stream if you stop reading early
     */
    public Stream<RemotePiece> stream(String id) {
        return FollowedText.of(calls, HttpCall.path(id, "/stream"), "piece", RemotePiece::new);
    }

    /**
     * Passes the text that a job's handler emits to a listener until the job has ended. The listener runs on one thread
     * of this call.
     *
     * @param id the job's id
     * @param listener receives each piece in order, and returns whether to continue
     * @return completes at the job's end or when the listener returns false, and fails with its exception; cancelling it
     *     ends the following
     */
    public CompletableFuture<Void> stream(String id, Predicate<RemotePiece> listener) {
        return FollowedEvents.text(calls, HttpCall.path(id, "/stream"), "piece", RemotePiece::new, listener);
    }

    /**
     * {@return the jobs, without payloads and results} Lists jobs. Pages are fetched on demand.
     *
     * @param query the filter
     */
    public Stream<RemoteJob> list(RemoteQuery query) {
        return FollowedText.stream(new JobIterator(this::page, query));
    }

    /**
     * {@return one page of a list, for which no thread waits}
     *
     * @param query the filter, with {@link RemoteQuery#limit} and {@link RemoteQuery#after} if needed
     */
    public CompletableFuture<RemotePage> page(RemoteQuery query) {
        return Chained.map(get(HttpCall.JOBS + "?" + query.text()), RemotePage::new);
    }

    /**
     * Follows the changes of all jobs that the caller may see, even during restarts of the host. The listener runs on one
     * thread of this call.
     *
     * @param after the cursor of the event after which to continue, or {@code start} for all retained events; null
     *     for new events only
     * @param listener receives each event in order, and returns whether to continue
     * @return completes when the listener returns false, and fails with its exception, or with code
     *     {@code cursor_expired} if events after the cursor are no longer retained; cancelling it ends the following
     */
    public CompletableFuture<Void> events(@Nullable String after, Predicate<RemoteEvent> listener) {
        return FollowedEvents.all(calls, after, listener);
    }

    /**
     * Checks once whether the host accepts jobs.
     *
     * @return completes if the host is ready; fails with status 503, code {@code not_ready} and the host's reason,
     *     or with code {@code unreachable} after at most five seconds
     */
    public CompletableFuture<Void> ready() {
        return ReadinessCheck.of(calls);
    }

    /** Ends all current calls with code {@code closed}. */
    @Override
    public void close() {
        calls.close();
        ends.close();
    }

    static String changed(JsonNode answer) {
        return JsonFields.text(answer.path("jobs").path(0), "status");
    }
}
