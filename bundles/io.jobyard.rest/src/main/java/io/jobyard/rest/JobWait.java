// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.Fingerprint;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.Reported;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Long poll for one job: answers when the job is finished or the wait is over. A waiting request holds no thread. */
final class JobWait {

    private static final Logger LOG = LoggerFactory.getLogger(JobWait.class);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int TAG_DIGITS = 32;

    private final RestRequest request;
    private final JobId id;
    private final AsyncContext context;
    private final Duration wait;
    private final AtomicBoolean answered = new AtomicBoolean();

    private JobWait(RestRequest request, JobId id, Duration wait) {
        this.request = request;
        this.id = id;
        context = request.http().startAsync(request.http(), request.response());
        context.setTimeout(0); // a container timeout could answer during a write; the request has its own timer
        this.wait = wait;
    }

    static Reply answer(RestRequest request) {
        Duration wait = request.call().inputs().duration("wait");
        JobId id = request.call().id();
        Job job = request.status().status(id);
        if (wait == null || wait.isZero() || job.status().isFinished()) {
            return tagged(request, job);
        } else if (wait.compareTo(LONGEST) > 0) {
            throw new ValidationException(
                    "wait", "wait is out of range; use at most 60s, and repeat the request to wait longer");
        }
        new JobWait(request, id, wait).begin();
        return Reply.LATER;
    }

    private void begin() {
        LiveStreams threads = request.host().streams;
        Runnable unheard = threads.ends.onEnd(id, () -> threads.run(this::tell));
        Runnable untimed = threads.later(this::tell, wait);
        context.addListener(new AsyncListener() {
            @Override
            public void onTimeout(AsyncEvent event) {
                // never called: the container has no timeout
            }

            @Override
            public void onComplete(AsyncEvent event) {
                forget();
            }

            @Override
            public void onError(AsyncEvent event) {
                forget(); // the client has disconnected
            }

            private void forget() {
                answered.set(true);
                unheard.run();
                untimed.run();
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // asynchronous processing is never restarted
            }
        });
        if (request.status().status(id).status().isFinished()) {
            tell(); // the job finished before the listener was registered
        }
    }

    private void tell() {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            RestServlet.guarded(request.host(), request.http(), request.response(), this::write);
        } catch (IOException e) {
            LOG.debug("A client that waited for job {} has disconnected", id, e);
        } finally {
            context.complete();
        }
    }

    /** Writes the answer, or an error if the credentials are no longer valid. */
    private void write() throws IOException {
        if (!LiveStreams.shown(request.http()).isGood()) {
            throw new RestException(
                    ErrorCode.UNAUTHENTICATED, "the token or session was revoked while this request waited");
        }
        ReplyWriter.write(tagged(request, request.status().status(id)), request.http(), request.response());
    }

    /** Returns the job with its ETag; without a body if the client already has that version. */
    private static Reply tagged(RestRequest request, Job job) {
        Reply reply = reply(request.status(), job);
        String tag = reply.headers().get("ETag");
        return matches(request.header("If-None-Match"), String.valueOf(tag))
                ? reply.status(HttpServletResponse.SC_NOT_MODIFIED)
                : reply;
    }

    static Reply reply(StatusReporter status, Job job) {
        Reply reply = Reply.of(JobView.JOB, new Reported<>(job, status));
        return reply.header("ETag", tag(reply.json()));
    }

    /** Returns whether a header with a list of ETags contains this ETag. */
    static boolean matches(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }

    /** Returns the ETag of a job, made from its JSON. */
    static String tag(Map<String, @Nullable Object> job) {
        return "\"" + Fingerprint.of(JsonWriter.compact(job), List.of()).substring(0, TAG_DIGITS) + "\"";
    }
}
