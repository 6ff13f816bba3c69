// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Retried;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.Changed;
import io.jobyard.views.api.ChangeView.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does something to one job. */
final class JobChangeRoutes {

    private static final RequestBody RETRY = RequestBody.of("retry")
            .may("fromStep", ValueKind.TEXT, "the first step, or wait, that is to be done again")
            .may("withDependents", ValueKind.FLAG, "whether the jobs that ended because of it are retried too");

    private static final RequestBody SIGNAL =
            RequestBody.of("signal").mayBeNull("value", ValueKind.ANY, "any JSON but null; true if left out");

    private static final RequestBody ANSWER = RequestBody.of("callback answer")
            .mayBeNull("value", ValueKind.ANY, "the answer, any JSON but null; true if left out")
            .may("error", ValueKind.TEXT, "what went wrong, in place of a value");

    static final List<Route> ALL = List.of(
            Route.of("PATCH", "/jobs/{id}", "changeJob")
                    .says(
                            "Change a job that has not started. With If-Match only if it is as it was read, which takes the permission to see it.")
                    .needs(AccessRule.CHANGE)
                    .takes(RequestBody.CHANGE)
                    .answers(200, ChangeView.CHANGED)
                    .matching()
                    .by(JobChangeRoutes::change),
            on("cancel", "cancelJob", "End a job. One that runs is asked to end.", AccessRule.CANCEL)
                    .matching()
                    .by(request -> changed(jobs(request).cancel(request.id()))),
            on("retry", "retryJob", "Give a failed or cancelled job another life.", AccessRule.RETRY)
                    .takes(RETRY)
                    .matching()
                    .by(JobChangeRoutes::retry),
            on("run-now", "runJobNow", "Make a job ready that waits for time.", AccessRule.CHANGE)
                    .matching()
                    .by(request -> changed(jobs(request).runNow(request.id()))),
            on("signal/{name}", "signalJob", "Give a job a signal, which its handler waits for.", AccessRule.SIGNAL)
                    .takes(SIGNAL)
                    .by(request ->
                            changed(request.jobs().signal(request.id(), request.path("name"), value(request.body())))),
            on("pause", "pauseJob", "Pause a job that waits or is queued.", AccessRule.PAUSE)
                    .takes(RequestBody.PAUSE)
                    .matching()
                    .by(JobChangeRoutes::pause),
            on("resume", "resumeJob", "End the pause of a job.", AccessRule.RESUME)
                    .matching()
                    .by(request -> changed(jobs(request).resumeJob(request.id()))),
            Route.post("/jobs/{id}/clone", "cloneJob")
                    .says("Submit a job like another one, with what is given different. It waits for no other job.")
                    .needs(AccessRule.VIEW, AccessRule.PAYLOAD, AccessRule.SUBMIT)
                    .takes(RequestBody.CLONE)
                    .answers(201, ChangeView.SUBMISSION)
                    .answers(200, ChangeView.SUBMISSION)
                    .onceWithJobs()
                    .by(JobChangeRoutes::copy),
            Route.post("/callbacks/{token}", "answerCallback")
                    .says(
                            "Answer a callback that a job's handler waits for. Its token is all that it takes; the first answer counts.")
                    .takes(ANSWER)
                    .answers(200, ChangeView.ANSWERED)
                    .notOnce("the first answer counts, however often it is sent; leave the header out")
                    .by(JobChangeRoutes::answer));

    private JobChangeRoutes() {}

    private static Route on(String path, String name, String summary, AccessRule needs) {
        return Route.post("/jobs/{id}/" + path, name).says(summary).needs(needs).answers(200, ChangeView.CHANGED);
    }

    private static Reply changed(Job job) {
        return Reply.of(ChangeView.CHANGED, new Changed(List.of(job), List.of()));
    }

    private static Reply change(RestRequest request) throws IOException {
        JobChange change = SubmitRoutes.reader(request).change(SubmitRoutes.BODY, request.object());
        return changed(jobs(request).change(request.id(), change));
    }

    /** What changes a job; with If-Match, only as the client has read it. */
    private static JobManager jobs(RestRequest request) {
        @Nullable String match = request.header(RequestGuard.MATCH);
        if (match == null) {
            return request.jobs();
        }
        Job seen = request.status().status(request.id());
        Reply now = JobWait.reply(request.status(), seen);
        if (!JobWait.matches(match, String.valueOf(now.headers().get("ETag")))) {
            throw new JobChangedException(seen.id());
        }
        return match.equals("*") ? request.jobs() : request.host().jobs(request.caller(), seen);
    }

    private static Reply retry(RestRequest request) throws IOException {
        RestBody body = request.body();
        String step = body.text("fromStep");
        JobId id = request.id();
        if (!body.flag("withDependents")) {
            return changed(
                    step == null ? jobs(request).retry(id) : jobs(request).retry(id, step));
        } else if (step != null) {
            throw new ValidationException("fromStep", "fromStep does not go with withDependents; give one of them");
        }
        Retried retried = jobs(request).retryWithDependents(id);
        List<Job> jobs = new ArrayList<>(List.of(retried.job()));
        jobs.addAll(retried.dependents());
        List<Refusal> refused = new ArrayList<>();
        for (Map.Entry<JobId, JobyardException> each : retried.refused().entrySet()) {
            refused.add(new Refusal(each.getKey().toString(), each.getValue()));
        }
        return Reply.of(ChangeView.CHANGED, new Changed(jobs, refused));
    }

    private static Reply pause(RestRequest request) throws IOException {
        RestBody body = request.body();
        return changed(jobs(request).pauseJob(request.id(), body.text("reason"), body.next("until")));
    }

    private static Reply copy(RestRequest request) throws IOException {
        JobSpecification like = request.jobs().specification(request.id());
        UnservedTypes unserved = SubmitRoutes.unserved(request);
        List<JobSpecification> jobs =
                List.of(unserved.seen(SubmitRoutes.reader(request).copy(SubmitRoutes.BODY, like, request.object())));
        return SubmitRoutes.stored(
                SubmitRoutes.submitOnce(request, jobs, List.of(request.object()))
                        .get(0),
                unserved);
    }

    private static Reply answer(RestRequest request) throws IOException {
        RestBody body = request.body();
        String token = request.path("token");
        String error = body.text("error");
        if (error != null && body.has("value")) {
            throw new ValidationException("the body has a value and an error; give one of them");
        }
        return Reply.of(
                ChangeView.ANSWERED,
                error == null
                        ? request.jobs().completeCallback(token, value(body))
                        : request.jobs().failCallback(token, error));
    }

    private static @Nullable Object value(RestBody body) {
        return body.has("value") ? body.value("value") : Boolean.TRUE;
    }
}
