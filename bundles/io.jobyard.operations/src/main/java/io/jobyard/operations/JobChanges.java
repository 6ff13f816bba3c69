// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Retried;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.AgentTool;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationBuilder;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.Changed;
import io.jobyard.views.api.ErrorView.Refusal;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations that change one job. */
final class JobChanges {

    private static final Input VALUE = Input.of("value", InputType.JSON, "value, any JSON except null (default true)")
            .mayBeNull();

    static final List<Operation> ALL = List.of(
            Operation.patch("/jobs/{id}", "changeJob")
                    .says(
                            "Change a job that has not started, and return the changed job. With If-Match, the host changes"
                                    + " only the version that the client read.")
                    .needs(AccessRule.CHANGE, AccessRule.VIEW)
                    .takesJob(JobField.CHANGEABLE)
                    .answers(200, JobView.JOB)
                    .conditional()
                    .by(JobChanges::change),
            on(
                            "cancel",
                            "cancelJob",
                            "Cancel a job. A running job is interrupted and ends as cancelled.",
                            AccessRule.CANCEL)
                    .conditional()
                    .tool(new AgentTool("cancel_job", "Cancel a job", true, true, false))
                    .by(call -> changed(call.jobs().cancel(call.id()))),
            on("retry", "retryJob", "Retry a failed or cancelled job with a fresh set of attempts.", AccessRule.RETRY)
                    .takes(
                            Input.text(
                                    "fromStep",
                                    "repeat this step and all later steps; default: the host keeps all stored steps"),
                            Input.of(
                                    "withDependents",
                                    InputType.FLAG,
                                    "also retry all jobs that ended directly or indirectly because this job failed or was cancelled"))
                    .conditional()
                    .tool(new AgentTool("retry_job", "Retry a job", false, false, true))
                    .by(JobChanges::retry),
            on(
                            "run-now",
                            "runJobNow",
                            "Run a job now that waits for its start time, its next attempt, or the end of a sleep.",
                            AccessRule.CHANGE)
                    .conditional()
                    .by(call -> changed(call.jobs().runNow(call.id()))),
            on(
                            "signal/{name}",
                            "signalJob",
                            "Send a signal to a job, for example an approval that its handler waits for.",
                            AccessRule.SIGNAL)
                    .takes(VALUE)
                    .by(call ->
                            changed(call.jobs().signal(call.id(), call.inputs().needed("name"), value(call.inputs())))),
            on("pause", "pauseJob", "Pause a waiting or queued job.", AccessRule.PAUSE)
                    .takes(QueueOperations.PAUSE)
                    .conditional()
                    .by(call -> changed(call.jobs()
                            .pauseJob(
                                    call.id(),
                                    call.inputs().text("reason"),
                                    call.inputs().next("until")))),
            on("resume", "resumeJob", "End the pause of a job.", AccessRule.RESUME)
                    .conditional()
                    .by(call -> changed(call.jobs().resumeJob(call.id()))),
            Operation.post("/callbacks/{token}", "answerCallback")
                    .says(
                            "Answer a callback that a job's handler waits for. The token is the permission. Only the first"
                                    + " answer counts.")
                    .takes(
                            VALUE,
                            Input.text("error", "error text: answer that the callback failed, instead of a value"))
                    .answers(200, ChangeView.ANSWERED)
                    .notOnce("the first answer counts, however often it is sent; leave the header out")
                    .forEverybody()
                    .by(JobChanges::answer));

    private JobChanges() {}

    private static OperationBuilder on(String path, String name, String summary, AccessRule rule) {
        return Operation.post("/jobs/{id}/" + path, name)
                .says(summary)
                .needs(rule)
                .answers(200, ChangeView.CHANGED);
    }

    private static OperationResult changed(Job job) {
        return OperationResult.of(ChangeView.CHANGED, new Changed(List.of(job), List.of()));
    }

    /** Changes a job that the caller may see: the answer shows it, so a caller who may not see it changes nothing. */
    private static OperationResult change(OperationCall call) {
        JobId id = call.status().status(call.id()).id();
        Job changed = call.jobs().change(id, change(call, call.inputs().without("id")));
        return OperationResult.of(JobView.JOB, new Reported<>(changed, call.status()));
    }

    /** Reads the fields of a change. */
    static JobChange change(OperationCall call, Map<String, @Nullable Object> fields) {
        return new SpecificationReader(call.status(), Clock.fixed(call.now(), java.time.ZoneOffset.UTC))
                .change(SpecificationReader.ALONE, fields);
    }

    private static OperationResult retry(OperationCall call) {
        Inputs inputs = call.inputs();
        String step = inputs.text("fromStep");
        if (step != null && inputs.flag("withDependents")) {
            throw new ValidationException(
                    "fromStep", "fromStep cannot be combined with withDependents; give one of them");
        }
        JobId id = call.id();
        if (!inputs.flag("withDependents")) {
            return changed(step == null ? call.jobs().retry(id) : call.jobs().retry(id, step));
        }
        Retried retried = call.jobs().retryWithDependents(id);
        List<Job> jobs = new ArrayList<>(List.of(retried.job()));
        jobs.addAll(retried.dependents());
        List<Refusal> refused = new ArrayList<>();
        for (Map.Entry<JobId, JobyardException> each : retried.refused().entrySet()) {
            refused.add(new Refusal(each.getKey().toString(), each.getValue()));
        }
        return OperationResult.of(ChangeView.CHANGED, new Changed(jobs, refused));
    }

    private static OperationResult answer(OperationCall call) {
        Inputs inputs = call.inputs();
        String token = inputs.needed("token");
        String error = inputs.text("error");
        if (error != null && inputs.has("value")) {
            throw new ValidationException("value and error cannot be combined; give one of them");
        }
        return OperationResult.of(
                ChangeView.ANSWERED,
                error == null
                        ? call.jobs().completeCallback(token, value(inputs))
                        : call.jobs().failCallback(token, error));
    }

    private static @Nullable Object value(Inputs inputs) {
        return inputs.has("value") ? inputs.json("value") : Boolean.TRUE;
    }
}
