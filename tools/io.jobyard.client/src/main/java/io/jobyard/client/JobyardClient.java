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
 * <p>A request that gets no answer, or the word that the host is busy, is sent again within the timeout, with growing pauses and not
 * before the host allows it. A submit carries an {@code Idempotency-Key} of its own, so that it never makes a second job. Whatever is
 * refused is a {@link JobyardClientException}.
 *
 * <p>Safe for use by several threads. All methods work on the caller's thread; the JDK's HTTP client has threads of its own from the
 * first call until the close.
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
     * Begins to make a client.
     *
     * @param address of the host, such as {@code https://jobs.example.org}
     * @return a builder
     */
    public static JobyardClientBuilder builder(URI address) {
        return new JobyardClientBuilder(address);
    }

    /**
     * Submits a job. It is stored when this returns.
     *
     * @param job what it is to be
     * @return the stored job; that of the same key, if one of yours has not ended
     */
    public RemoteSubmission submit(JobRequest job) {
        return new RemoteSubmission(calls.send(HttpCall.once(JOBS, job.fields())));
    }

    /**
     * Submits several jobs, all or none. They may wait for each other by their names.
     *
     * @param jobs what they are to be
     * @return their ids, in the same order
     */
    public List<String> submitAll(List<JobRequest> jobs) {
        Map<String, Object> body =
                Map.of("jobs", jobs.stream().map(JobRequest::fields).toList());
        return JsonFields.list(calls.send(HttpCall.once(JOBS + "/batch", body)), "ids", JsonNode::asText);
    }

    /**
     * Tells all there is about a job.
     *
     * @param id names it
     * @return the job as it is now
     */
    public RemoteJob job(String id) {
        return new RemoteJob(get(path(id, "")));
    }

    /**
     * Waits for the end of a job, also over a restart of the host.
     *
     * @param id names it
     * @param timeout how long to wait at most
     * @return the job as it ended, whatever it came to
     * @throws JobyardClientException with code {@code not_over} if it has not ended in time
     */
    public RemoteJob await(String id, Duration timeout) {
        return new JobEnd(calls, encoded(id), timeout).await();
    }

    /**
     * Waits for the result of a job.
     *
     * @param id names it
     * @param type the class of which Jackson makes the result
     * @param timeout how long to wait at most
     * @param <T> the same
     * @return the result
     * @throws JobyardClientException with code {@code job_failed} or {@code job_cancelled} if it does not complete, {@code no_result} if
     *     there is none or the caller may not see it, {@code not_over} if it has not ended in time
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
     * Ends a job. One that runs is asked to end.
     *
     * @param id names it
     * @return its status now
     */
    public String cancel(String id) {
        try {
            return changed(calls.send(HttpCall.post(path(id, "/cancel"), null, true)));
        } catch (JobyardClientException e) {
            // The first of several requests may have done it, and its answer been lost.
            if (e.status() == CONFLICT && job(id).status().equals("cancelled")) {
                return "cancelled";
            }
            throw e;
        }
    }

    /**
     * Gives a failed or cancelled job another life. Because two of these may make two lives, it is sent again only where it was surely
     * not done.
     *
     * @param id names it
     * @return its status now
     * @throws JobyardClientException with code {@code uncertain} if nobody knows whether it was done
     */
    public String retry(String id) {
        return changed(calls.send(HttpCall.post(path(id, "/retry"), null, false)));
    }

    /**
     * Says why a job does not run just now.
     *
     * @param id names it
     * @return why
     */
    public RemoteExplanation explain(String id) {
        return new RemoteExplanation(get(path(id, "/explain")));
    }

    /**
     * Tells every change of a job.
     *
     * @param id names it
     * @return the changes, the oldest first
     */
    public List<RemoteChange> history(String id) {
        return JsonFields.list(get(path(id, "/history")), "events", RemoteChange::new);
    }

    /**
     * Tells what a job's handler has written to its log.
     *
     * @param id names it
     * @return the lines, the oldest first
     */
    public List<RemoteLogLine> log(String id) {
        return JsonFields.list(get(path(id, "/log")), "lines", RemoteLogLine::new);
    }

    /**
     * Follows what a job's handler writes to its log, until the job has ended.
     *
     * @param id names it
     * @return the lines from the oldest on, as they come; close it if you leave it early
     */
    public Stream<RemoteLogLine> followLog(String id) {
        EventFollower follower = new EventFollower(calls, path(id, "/log"), null);
        return stream(new FollowedText<>(follower, "line", RemoteLogLine::new)).onClose(follower::close);
    }

    /**
     * Follows the text that a job's handler emits, such as the answer of a model, until the job has ended.
     *
     * @param id names it
     * @return the pieces from the first on, as they come; close it if you leave it early
     */
    public Stream<RemotePiece> stream(String id) {
        EventFollower follower = new EventFollower(calls, path(id, "/stream"), null);
        return stream(new FollowedText<>(follower, "piece", RemotePiece::new)).onClose(follower::close);
    }

    /**
     * Lists jobs. Pages are fetched as they are asked for.
     *
     * @param query which jobs
     * @return the jobs, without payloads and results
     */
    public Stream<RemoteJob> list(RemoteQuery query) {
        return stream(new JobIterator(after -> {
            RemoteQuery page = query.with("limit", String.valueOf(PAGE));
            return get(JOBS + "?" + (after == null ? page : page.with("after", after)).text());
        }));
    }

    /**
     * Follows the changes of all jobs that the caller may see, on the caller's thread, also over restarts of the host.
     *
     * @param after the cursor of the event to go on behind, {@code start} for all that are kept; null for those from now on
     * @param listener gets each event in order, and says whether to go on
     * @throws JobyardClientException with code {@code cursor_expired} if events behind the cursor are not kept any more
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
     * Asks for anything that the REST interface tells and this client has no method for.
     *
     * @param path such as {@code /api/v1/queues}
     * @return the answer
     */
    public JsonNode get(String path) {
        return calls.send(HttpCall.get(path));
    }

    /**
     * Does anything that the REST interface takes by POST and this client has no method for. It is sent again only where it was surely
     * not done.
     *
     * @param path such as {@code /api/v1/jobs/ID/pause}
     * @param body of which Jackson makes the JSON; null for none
     * @return the answer
     */
    public JsonNode post(String path, @Nullable Object body) {
        return calls.send(HttpCall.post(path, body, false));
    }

    /**
     * Sends bytes by POST and returns the answer as it comes, for what the REST interface takes in another form than JSON. It is sent
     * once.
     *
     * @param path such as {@code /api/v1/commands}
     * @param mediaType of the body and of the answer
     * @param body is read while it is sent; the timeout is for sending it and for the beginning of the answer
     * @return the answer; closing it ends the request, and it fails if nothing comes for 45 seconds
     */
    public InputStream exchange(String path, String mediaType, InputStream body) {
        return calls.exchange(path, mediaType, body);
    }

    /** Ends all calls that are under way with code {@code closed}. */
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
