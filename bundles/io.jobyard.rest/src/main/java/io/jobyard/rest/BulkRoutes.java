// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.BulkView;
import io.jobyard.views.api.Reported;
import java.io.IOException;
import java.util.List;

/** Does something to many jobs. */
final class BulkRoutes {

    private static final int SHOWN = 20;

    private static final RequestBody FILTER = JobSelection.in(RequestBody.of("filter"));

    private static final RequestBody BULK = RequestBody.of("bulk request")
            .must("action", ValueKind.TEXT, "what is done: cancel, retry, change, delete or run-now")
            .must("filter", ValueKind.OBJECT, "to which jobs: as in the query of listJobs, with labels as an object")
            .may("change", ValueKind.OBJECT, "with change: what is to be different, as in changeJob");

    static final List<Route> ALL = List.of(
            Route.post("/bulk", "beginBulk")
                    .says(
                            "Have something done to all jobs that a filter means, in slices beside all other work; each job takes the"
                                    + " permission that it takes alone.")
                    .takes(BULK)
                    .answers(202, BulkView.BULK)
                    .by(request -> Reply.of(BulkView.BULK, request.jobs().beginBulk(asked(request)))
                            .status(202)),
            Route.post("/bulk/preview", "previewBulk")
                    .says("Count the jobs that a bulk would change, and list ten of them. Nothing is changed.")
                    .takes(BULK)
                    .answers(200, BulkView.PREVIEW)
                    .guarded(RequestGuard.READS)
                    .by(request -> Reply.of(
                            BulkView.PREVIEW,
                            new Reported<>(request.jobs().previewBulk(asked(request)), request.status()))),
            Route.get("/bulk", "listBulks")
                    .says("What was asked for many jobs lately, the latest first.")
                    .needs(AccessRule.OVERVIEW)
                    .may(QueryParameter.whole("limit", "how many at most, 1 to 1000; 20 if left out"))
                    .answers(200, BulkView.BULKS)
                    .by(request -> Reply.of(
                            BulkView.BULKS, request.jobs().bulks(request.query().number("limit", SHOWN)))),
            Route.get("/bulk/{number}", "getBulk")
                    .says("How far something is that was asked for many jobs.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, BulkView.BULK)
                    .by(request -> Reply.of(BulkView.BULK, request.jobs().bulk(number(request)))),
            Route.post("/bulk/{number}/stop", "stopBulk")
                    .says("Stop it before its next jobs. What was done by then stays done.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, BulkView.BULK)
                    .by(request -> Reply.of(BulkView.BULK, request.jobs().stopBulk(number(request)))));

    private BulkRoutes() {}

    private static BulkRequest asked(RestRequest request) throws IOException {
        RestBody body = request.body();
        JobFilter filter = RestBody.in(
                "filter", () -> JobSelection.of(new RestBody(FILTER.checked(body.object("filter")), request.now())));
        JobChange change = !body.has("change")
                ? null
                : RestBody.in(
                        "change", () -> SubmitRoutes.reader(request).change(SubmitRoutes.BODY, body.object("change")));
        return new BulkRequest(RestBody.in("action", () -> BulkAction.of(body.needed("action"))), filter, change);
    }

    private static int number(RestRequest request) {
        try {
            return Integer.parseInt(request.path("number"));
        } catch (NumberFormatException e) {
            throw new ValidationException("number", "'" + request.path("number") + "' is no number of a bulk");
        }
    }
}
