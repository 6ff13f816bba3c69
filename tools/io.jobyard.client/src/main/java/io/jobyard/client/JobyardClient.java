// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Submits jobs to a host and follows them, over HTTP.
 *
 * <pre>{@code
 * try (JobyardClient jobs = JobyardClient.builder(URI.create("https://jobs.example.org")).tokenFile(file).build()) {
 *     String id = jobs.submit(JobRequest.of("echo", new Text("hello"))).id();
 *     Text answer = jobs.awaitResult(id, Text.class, Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>The client repeats requests without an answer, and requests to a busy host, within the timeout and with growing
 * pauses. Each submit has an {@code Idempotency-Key}, so that it never creates a second job. An error is a
 * {@link JobyardClientException}.
 *
 * <p>Safe for use by several threads. Methods run on the caller's thread. The JDK's HTTP client has its own threads.
 */
public final class JobyardClient implements AutoCloseable {

    private static final String JOBS = "/api/v1/jobs";
    private static final int CONFLICT = 409;
    private static final int PAGE = 500;

    private final HttpCalls calls;

    JobyardClient(HttpCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns a builder for a client.
     *
     * @param address the host's address, for example {@code https://jobs.example.org}
     * @return a builder
     */
    public static JobyardClientBuilder builder(URI address) {
        return new JobyardClientBuilder(address);
    }

    /**
     * Submits a job. The job is stored when this returns.
     *
     * @param job the job
     * @return the stored job, or your unfinished job with the same key
     */
    public RemoteSubmission submit(JobRequest job) {
        return new RemoteSubmission(calls.send(HttpCall.once(JOBS, job.fields())));
    }

    /**
     * Submits several jobs, all or none. They can depend on each other by their names.
     *
     * @param jobs the jobs
     * @return the jobs' ids, in the same order
     */
    public List<String> submitAll(List<JobRequest> jobs) {
        Map<String, Object> body =
                Map.of("jobs", jobs.stream().map(JobRequest::fields).toList());
        return JsonFields.list(calls.send(HttpCall.once(JOBS + "/batch", body)), "ids", JsonNode::asText);
    }

    /**
     * Returns a job with all its details.
     *
     * @param id the job's id
     * @return a snapshot of the job
     */
    public RemoteJob job(String id) {
        return new RemoteJob(get(path(id, "")));
    }

    /**
     * Waits for the end of a job, even during a restart of the host.
     *
     * @param id the job's id
     * @param timeout the maximum time to wait
     * @return the job after its end, whatever its status
     * @throws JobyardClientException with code {@code not_over} if the job has not ended in time
     */
    public RemoteJob await(String id, Duration timeout) {
        return new JobEnd(calls, encoded(id), timeout).await();
    }

    /**
     * Waits for the result of a job.
     *
     * @param id the job's id
     * @param type the class into which Jackson converts the result
     * @param timeout the maximum time to wait
     * @param <T> the type of the result
     * @return the result
     * @throws JobyardClientException with code {@code job_failed} or {@code job_cancelled} if the job does not
     *     complete, {@code no_result} if it has no result or the caller may not see it, {@code not_over} if it has
     *     not ended in time
     */
    public <T> T awaitResult(String id, Class<T> type, Duration timeout) {
        RemoteJob job = await(id, timeout);
        if (!job.status().equals("completed")) {
            throw JobyardClientException.own(
                    "job_" + job.status(),
                    "job " + id + " " + job.status()
                            + job.error().map(error -> ": " + error).orElse(""),
                    null);
        }
        return job.result(type)
                .orElseThrow(() -> JobyardClientException.own(
                        "no_result", "job " + id + " has no result, or none that the caller may see", null));
    }

    /**
     * Cancels a job. A running job is asked to end.
     *
     * @param id the job's id
     * @return the job's new status
     */
    public String cancel(String id) {
        try {
            return changed(calls.send(HttpCall.post(path(id, "/cancel"), null, true)));
        } catch (JobyardClientException e) {
            // An earlier attempt may have cancelled the job, and its answer was lost.
            if (e.status() == CONFLICT && job(id).status().equals("cancelled")) {
                return "cancelled";
            }
            throw e;
        }
    }

    /**
     * Retries a failed or cancelled job. The client repeats the request only if the host certainly did not execute
     * it, because a second request could start a second retry.
     *
     * @param id the job's id
     * @return the job's new status
     * @throws JobyardClientException with code {@code uncertain} if the host may have executed the request
     */
    public String retry(String id) {
        return changed(calls.send(HttpCall.post(path(id, "/retry"), null, false)));
    }

    /**
     * Explains why a job is not running.
     *
     * @param id the job's id
     * @return the explanation
     */
    public RemoteExplanation explain(String id) {
        return new RemoteExplanation(get(path(id, "/explain")));
    }

    /**
     * Lists all changes of a job.
     *
     * @param id the job's id
     * @return the changes, oldest first
     */
    public List<RemoteChange> history(String id) {
        return JsonFields.list(get(path(id, "/history")), "events", RemoteChange::new);
    }

    /**
     * Lists the log lines of a job's handler.
     *
     * @param id the job's id
     * @return the lines, oldest first
     */
    public List<RemoteLogLine> log(String id) {
        return JsonFields.list(get(path(id, "/log")), "lines", RemoteLogLine::new);
    }

    /**
     * Follows the log lines of a job's handler until the job has ended.
     *
     * @param id the job's id
     * @return the lines from the oldest one, as they arrive; close the stream if you stop reading early
     */
    public Stream<RemoteLogLine> followLog(String id) {
        EventFollower follower = new EventFollower(calls, path(id, "/log"), null);
        return stream(new FollowedText<>(follower, "line", RemoteLogLine::new)).onClose(follower::close);
    }

    /**
     * Follows the text that a job's handler emits, for example the answer of a model, until the job has ended.
     *
     * @param id the job's id
     * @return the pieces from the first one, as they arrive; close the stream if you stop reading early
     */
    public Stream<RemotePiece> stream(String id) {
        EventFollower follower = new EventFollower(calls, path(id, "/stream"), null);
        return stream(new FollowedText<>(follower, "piece", RemotePiece::new)).onClose(follower::close);
    }

    /**
     * Lists jobs. Pages are fetched on demand.
     *
     * @param query the filter
     * @return the jobs, without payloads and results
     */
    public Stream<RemoteJob> list(RemoteQuery query) {
        return stream(new JobIterator(after -> {
            RemoteQuery page = query.with("limit", String.valueOf(PAGE));
            return get(JOBS + "?" + (after == null ? page : page.with("after", after)).text());
        }));
    }

    /**
     * Follows the changes of all jobs that the caller may see, on the caller's thread, even during restarts of the
     * host.
     *
     * @param after the cursor of the event after which to continue, or {@code start} for all retained events; null
     *     for new events only
     * @param listener receives each event in order, and returns whether to continue
     * @throws JobyardClientException with code {@code cursor_expired} if events after the cursor are no longer
     *     retained
     */
    public void events(@Nullable String after, Predicate<RemoteEvent> listener) {
        try (EventFollower follower = new EventFollower(calls, "/events", after)) {
            boolean more = true;
            while (more) {
                EventLines.Event event = follower.next(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
                more = event == null || event.id() == null || listener.test(new RemoteEvent(event.id(), event.data()));
            }
        }
    }

    /**
     * Sends a GET request to any path of the REST interface, for which this client may have no method.
     *
     * @param path the path, for example {@code /api/v1/queues}
     * @return the answer
     */
    public JsonNode get(String path) {
        return calls.send(HttpCall.get(path));
    }

    /**
     * Sends a POST request to any path of the REST interface, for which this client may have no method. The client
     * repeats the request only if the host certainly did not execute it.
     *
     * @param path the path, for example {@code /api/v1/jobs/ID/pause}
     * @param body the body, which Jackson converts to JSON; null for none
     * @return the answer
     */
    public JsonNode post(String path, @Nullable Object body) {
        return calls.send(HttpCall.post(path, body, false));
    }

    /**
     * Sends bytes in a POST request and returns the answer as it arrives, for requests of the REST interface in other
     * formats than JSON. The request is never repeated.
     *
     * @param path the path, for example {@code /api/v1/commands}
     * @param mediaType the media type of the body and the answer
     * @param body the body, read while it is sent; the timeout applies until the answer begins
     * @return the answer; closing it ends the request, and reading it fails after 45 seconds without data
     */
    public InputStream exchange(String path, String mediaType, InputStream body) {
        return calls.exchange(path, mediaType, body);
    }

    /** Ends all current calls with code {@code closed}. */
    @Override
    public void close() {
        calls.close();
    }

    private static String path(String id, String rest) {
        return JOBS + "/" + encoded(id) + rest;
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String changed(JsonNode answer) {
        return JsonFields.text(answer.path("jobs").path(0), "status");
    }

    private static <T> Stream<T> stream(Iterator<T> all) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false);
    }
}
