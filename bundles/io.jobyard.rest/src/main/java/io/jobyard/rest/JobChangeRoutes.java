// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Retried;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.UnservedTypes;
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
                    .needs(Operation.CHANGE)
                    .takes(JobChangeBody.FORM)
                    .answers(200, ChangeView.CHANGED)
                    .by(JobChangeRoutes::change),
            on("cancel", "cancelJob", "End a job. One that runs is asked to end.", Operation.CANCEL)
                    .by(request -> changed(request.jobs().cancel(request.id()))),
            on("retry", "retryJob", "Give a failed or cancelled job another life.", Operation.RETRY)
                    .takes(RETRY)
                    .by(JobChangeRoutes::retry),
            on("run-now", "runJobNow", "Make a job ready that waits for time.", Operation.CHANGE)
                    .by(request -> changed(request.jobs().runNow(request.id()))),
            on("signal/{name}", "signalJob", "Give a job a signal, which its handler waits for.", Operation.SIGNAL)
                    .takes(SIGNAL)
                    .by(request ->
                            changed(request.jobs().signal(request.id(), request.path("name"), value(request.body())))),
            on("pause", "pauseJob", "Pause a job that waits or is queued.", Operation.PAUSE)
                    .takes(RequestBody.PAUSE)
                    .by(JobChangeRoutes::pause),
            on("resume", "resumeJob", "End the pause of a job.", Operation.RESUME)
                    .by(request -> changed(request.jobs().resumeJob(request.id()))),
            Route.post("/jobs/{id}/clone", "cloneJob")
                    .says("Submit a job like another one, with what is given different. It waits for no other job.")
                    .needs(Operation.VIEW, Operation.PAYLOAD, Operation.SUBMIT)
                    .takes(JobChangeBody.CLONE)
                    .answers(201, ChangeView.SUBMISSION)
                    .answers(200, ChangeView.SUBMISSION)
                    .by(JobChangeRoutes::copy),
            Route.post("/callbacks/{token}", "answerCallback")
                    .says(
                            "Answer a callback that a job's handler waits for. Its token is all that it takes; the first answer counts.")
                    .takes(ANSWER)
                    .answers(200, ChangeView.ANSWERED)
                    .by(JobChangeRoutes::answer));

    private JobChangeRoutes() {}

    private static Route on(String path, String name, String summary, Operation needs) {
        return Route.post("/jobs/{id}/" + path, name).says(summary).needs(needs).answers(200, ChangeView.CHANGED);
    }

    private static Reply changed(Job job) {
        return Reply.of(ChangeView.CHANGED, new Changed(List.of(job), List.of()));
    }

    private static Reply change(RestRequest request) throws IOException {
        JobChange change = JobChangeBody.change(request.body());
        JobId id = request.id();
        @Nullable String match = request.header("If-Match");
        if (match != null) {
            Job seen = request.status().status(id);
            Reply now = JobWait.reply(request.status(), seen);
            if (!JobWait.matches(match, String.valueOf(now.headers().get("ETag")))) {
                throw new JobChangedException(id);
            } else if (!match.equals("*")) {
                change.onlyIf(seen);
            }
        }
        return changed(request.jobs().change(id, change));
    }

    private static Reply retry(RestRequest request) throws IOException {
        RestBody body = request.body();
        String step = body.text("fromStep");
        JobId id = request.id();
        if (!body.flag("withDependents")) {
            return changed(
                    step == null ? request.jobs().retry(id) : request.jobs().retry(id, step));
        } else if (step != null) {
            throw new ValidationException("fromStep does not go with withDependents; give one of them");
        }
        Retried retried = request.jobs().retryWithDependents(id);
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
        return changed(request.jobs().pauseJob(request.id(), body.text("reason"), body.next("until")));
    }

    private static Reply copy(RestRequest request) throws IOException {
        RestBody body = request.body();
        JobSpecification like = request.jobs().specification(request.id());
        UnservedTypes unserved = SubmitRoutes.unserved(request);
        return SubmitRoutes.stored(request.jobs().submit(unserved.seen(JobChangeBody.copy(like, body))), unserved);
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
