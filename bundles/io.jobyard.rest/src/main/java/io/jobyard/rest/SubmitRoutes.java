// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.cluster.UnservedTypes;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ChangeView.AllSubmitted;
import io.jobyard.views.api.ChangeView.Submitted;
import io.jobyard.views.api.Fingerprint;
import io.jobyard.views.api.PreviewView;
import io.jobyard.views.api.SpecificationReader;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** New jobs. */
final class SubmitRoutes {

    static final List<Route> ALL = List.of(
            Route.post("/jobs", "submitJob")
                    .says("Submit a job. It is stored when this answers: 201 for a new job, 200 for one whose key"
                            + " was taken.")
                    .needs(AccessRule.SUBMIT)
                    .takes(RequestBody.SPECIFICATION)
                    .answers(201, ChangeView.SUBMISSION)
                    .answers(200, ChangeView.SUBMISSION)
                    .onceWithJobs()
                    .by(SubmitRoutes::submit),
            Route.post("/jobs/preview", "previewJob")
                    .says("Check a job without storing it: whether the host would accept it, and what would hold it.")
                    .needs(AccessRule.SUBMIT)
                    .takes(RequestBody.SPECIFICATION)
                    .answers(200, PreviewView.PREVIEW)
                    .guarded(RequestGuard.READS)
                    .by(SubmitRoutes::preview),
            Route.post("/jobs/batch", "submitJobs")
                    .says("Submit several jobs, all or none. They may depend on each other by their names.")
                    .needs(AccessRule.SUBMIT)
                    .takes(BatchBody.FORM)
                    .answers(201, ChangeView.SUBMISSIONS)
                    .onceWithJobs()
                    .by(SubmitRoutes::submitAll));

    /** Where a fault in the fields of a job is. */
    static final String BODY = "the body";

    private SubmitRoutes() {}

    private static Reply submit(RestRequest request) throws IOException {
        Map<String, Object> object = request.object();
        UnservedTypes unserved = unserved(request);
        List<JobSpecification> jobs = List.of(specification(request, object));
        unserved.seen(jobs.get(0));
        return stored(submitOnce(request, jobs, List.of(object)).get(0), unserved);
    }

    private static Reply preview(RestRequest request) throws IOException {
        return Reply.of(PreviewView.PREVIEW, request.jobs().preview(specification(request, request.object())));
    }

    private static JobSpecification specification(RestRequest request, Map<String, Object> object) {
        return traced(request, List.of(reader(request).read(BODY, object, Set.of())))
                .get(0);
    }

    /** Reads the fields of jobs in bodies. */
    static SpecificationReader reader(RestRequest request) {
        return new SpecificationReader(request.status(), request.host().clock);
    }

    /** Warns of what nobody would run now. */
    static UnservedTypes unserved(RestRequest request) {
        RestHost host = request.host();
        return new UnservedTypes(
                host.handlers,
                host.hosts,
                host.access.allows(request.caller(), AccessRule.OVERVIEW, false),
                type -> "GET " + RestServlet.ROOT + (type.isEmpty() ? "/handlers" : "/types/" + type));
    }

    static Reply stored(Submission submission, UnservedTypes unserved) {
        List<String> warnings = submission.duplicate() ? List.of() : unserved.warnings();
        Reply reply = Reply.of(ChangeView.SUBMISSION, new Submitted(submission, warnings))
                .header("Location", RestServlet.ROOT + "/jobs/" + submission.id());
        return submission.duplicate() ? reply : reply.status(HttpServletResponse.SC_CREATED);
    }

    private static Reply submitAll(RestRequest request) throws IOException {
        BatchBody batch = BatchBody.read(request);
        UnservedTypes unserved = unserved(request);
        List<Submission> submitted =
                batch.submit(unserved, jobs -> submitOnce(request, traced(request, jobs), batch.objects()));
        return Reply.of(
                        ChangeView.SUBMISSIONS,
                        new AllSubmitted(submitted.stream().map(Submission::id).toList(), unserved.warnings()))
                .status(HttpServletResponse.SC_CREATED)
                .header("Location", RestServlet.ROOT + "/jobs"); // of all of them
    }

    private static List<JobSpecification> traced(RestRequest request, List<JobSpecification> jobs) {
        return TracedJobs.of(jobs, request.header(TracedJobs.TRACEPARENT));
    }

    /** Stores them; once, if the request has a key. */
    static List<Submission> submitOnce(RestRequest request, List<JobSpecification> jobs, Iterable<?> body) {
        String key = request.header(RequestGuard.KEY);
        return key == null
                ? request.jobs().submitAll(jobs)
                : request.host()
                        .once
                        .submit(
                                request.caller(),
                                key,
                                Fingerprint.of(
                                        request.http().getMethod() + " "
                                                + request.http().getRequestURI(),
                                        body),
                                jobs);
    }
}
