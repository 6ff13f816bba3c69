// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.AllSubmitted;
import io.jobyard.views.api.ChangeView.Submitted;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.PreviewView;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Operations that submit new jobs. */
@Component(service = Submissions.class)
public final class Submissions {

    private final HandlerCatalog handlers;
    private final HostStore hosts;
    private final Access access;
    private final SizeLimits sizes;
    private final Clock clock;

    @Activate
    public Submissions(
            @Reference HandlerCatalog handlers,
            @Reference HostStore hosts,
            @Reference Access access,
            @Reference SizeLimits sizes,
            @Reference Clock clock) {
        this.handlers = handlers;
        this.hosts = hosts;
        this.access = access;
        this.sizes = sizes;
        this.clock = clock;
    }

    List<Operation> all() {
        return Stream.concat(submits().stream(), copies().stream()).toList();
    }

    private List<Operation> submits() {
        return List.of(
                Operation.post("/jobs", "submitJob")
                        .says(
                                "Submit a job. The job is stored when the host answers: 201 for a new job, 200 for a job whose"
                                        + " key was already in use.")
                        .needs(AccessRule.SUBMIT)
                        .takesJob(JobField.ALL)
                        .answers(201, ChangeView.SUBMISSION)
                        .answers(200, ChangeView.SUBMISSION)
                        .onceWithJobs()
                        .by(this::submit),
                Operation.post("/jobs/preview", "previewJob")
                        .says(
                                "Check a job without storing it: whether the host would accept it, and what would hold it.")
                        .needs(AccessRule.SUBMIT)
                        .takesJob(JobField.ALL)
                        .answers(200, PreviewView.PREVIEW)
                        .readsOnly()
                        .by(call -> OperationResult.of(
                                PreviewView.PREVIEW, call.jobs().preview(specification(call)))),
                Operation.post("/jobs/batch", "submitJobs")
                        .says("Submit several jobs, all or none. The jobs may depend on each other by name.")
                        .needs(AccessRule.SUBMIT)
                        .takes(Input.of("jobs", InputType.JOBS, "specifications of the jobs, one for each job")
                                .mandatory())
                        .answers(201, ChangeView.SUBMISSIONS)
                        .onceWithJobs()
                        .by(this::submitAll));
    }

    private List<Operation> copies() {
        return List.of(
                Operation.post("/jobs/{id}/clone", "cloneJob")
                        .says(
                                "Submit a copy of a job, with the given changes. Dependencies and the key are not copied.")
                        .needs(AccessRule.VIEW, AccessRule.PAYLOAD, AccessRule.SUBMIT)
                        .takesJob(JobField.OF_COPIES)
                        .answers(201, ChangeView.SUBMISSION)
                        .answers(200, ChangeView.SUBMISSION)
                        .onceWithJobs()
                        .by(this::copy),
                Operation.post("/jobs/{id}/fork", "forkJob")
                        .says(
                                "Continue a finished job as a new job from a step, with the results of all earlier steps. Dependencies and the key are not copied.")
                        .needs(AccessRule.VIEW, AccessRule.PAYLOAD, AccessRule.SUBMIT)
                        .takes(Input.text("fromStep", "first step that the new job executes")
                                .mandatory())
                        .answers(201, ChangeView.SUBMISSION)
                        .by(Submissions::fork));
    }

    private static OperationResult fork(OperationCall call) {
        Submission submission = call.jobs().fork(call.id(), call.inputs().needed("fromStep"));
        return OperationResult.of(ChangeView.SUBMISSION, new Submitted(submission, List.of()))
                .created("/jobs/" + submission.id());
    }

    private OperationResult submit(OperationCall call) {
        JobSpecification job = specification(call);
        return stored(call, job);
    }

    private OperationResult copy(OperationCall call) {
        JobSpecification like = call.jobs().specification(call.id());
        return stored(
                call,
                reader(call).copy(SpecificationReader.ALONE, like, call.inputs().without("id")));
    }

    private JobSpecification specification(OperationCall call) {
        return reader(call).read(SpecificationReader.ALONE, call.inputs().without(""), Set.of());
    }

    private SpecificationReader reader(OperationCall call) {
        return new SpecificationReader(call.status(), clock);
    }

    private UnservedTypes unserved(OperationCall call) {
        return new UnservedTypes(
                handlers,
                hosts,
                access.allows(call.caller(), AccessRule.OVERVIEW, false),
                type -> "GET /api/v1" + (type.isEmpty() ? "/handlers" : "/types/" + type));
    }

    private OperationResult stored(OperationCall call, JobSpecification job) {
        UnservedTypes unserved = unserved(call);
        unserved.seen(job);
        Map<String, Object> sent = call.inputs().without("id");
        Submission submission =
                call.submitter().submit(List.of(job), List.of(sent)).get(0);
        List<String> warnings = submission.duplicate() ? List.of() : unserved.warnings();
        OperationResult result = OperationResult.of(ChangeView.SUBMISSION, new Submitted(submission, warnings));
        String path = "/jobs/" + submission.id();
        return submission.duplicate() ? result.at(path) : result.created(path);
    }

    private OperationResult submitAll(OperationCall call) {
        SubmittedBatch batch = new SubmittedBatch(call.inputs().objects("jobs"), reader(call), sizes.maxBatchJobs());
        UnservedTypes unserved = unserved(call);
        List<Submission> submitted =
                batch.submit(unserved, jobs -> call.submitter().submit(jobs, batch.objects()));
        return OperationResult.of(
                        ChangeView.SUBMISSIONS,
                        new AllSubmitted(submitted.stream().map(Submission::id).toList(), unserved.warnings()))
                .created("/jobs"); // the path of all jobs
    }
}
