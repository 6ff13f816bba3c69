// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.BulkView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.StateWords;
import java.util.List;

/** Operations that change many jobs. */
final class BulkJobOperations {

    private static final int FEW = 20;

    private static final Input NUMBER =
            Input.text("number", "number of the bulk operation").mandatory();

    private static final List<Input> REQUEST = List.of(
            Input.text("action", "the change")
                    .among(StateWords.of(BulkAction.values(), BulkAction::text))
                    .mandatory(),
            Input.of("filter", InputType.OBJECT, "filter that selects the jobs: the inputs of countJobs as an object")
                    .mandatory(),
            Input.of("change", InputType.OBJECT, "for the action change: the fields to change, as for changeJob"));

    /** Operation whose inputs form a filter. */
    private static final Operation FILTER = Operation.get("/jobs/facets", "filter")
            .takes(JobSelection.INPUTS)
            .by(call -> {
                throw new IllegalStateException("a filter is no operation");
            });

    static final List<Operation> ALL = List.of(
            Operation.post("/bulk", "beginBulk")
                    .says(
                            "Change all jobs that match a filter. The host changes them in small batches, so other work continues. Each job requires the"
                                    + " same permission as a change of only that job.")
                    .takes(REQUEST)
                    .answers(202, BulkView.BULK)
                    .by(call -> OperationResult.of(BulkView.BULK, call.jobs().beginBulk(asked(call)))
                            .accepted()),
            Operation.post("/bulk/preview", "previewBulk")
                    .says("Count the jobs that a bulk operation would change, and list ten of them. The host changes"
                            + " nothing.")
                    .takes(REQUEST)
                    .answers(200, BulkView.PREVIEW)
                    .readsOnly()
                    .by(call -> OperationResult.of(
                            BulkView.PREVIEW, new Reported<>(call.jobs().previewBulk(asked(call)), call.status()))),
            Operation.get("/bulk", "listBulks")
                    .says("List bulk operations, latest first.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(Input.whole("limit", "maximum number of operations to list", 1, 1000)
                            .byDefault(FEW))
                    .answers(200, BulkView.BULKS)
                    .by(call -> OperationResult.of(
                            BulkView.BULKS, call.jobs().bulks(call.inputs().number("limit", FEW)))),
            Operation.get("/bulk/{number}", "getBulk")
                    .says("Show the progress of a bulk operation.")
                    .takes(NUMBER)
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, BulkView.BULK)
                    .by(call -> OperationResult.of(BulkView.BULK, call.jobs().bulk(number(call)))),
            Operation.post("/bulk/{number}/stop", "stopBulk")
                    .says("Stop a bulk operation before its next jobs. Changes made before the stop remain.")
                    .takes(NUMBER)
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, BulkView.BULK)
                    .by(call -> OperationResult.of(BulkView.BULK, call.jobs().stopBulk(number(call)))));

    private BulkJobOperations() {}

    private static BulkRequest asked(OperationCall call) {
        Inputs inputs = call.inputs();
        JobFilter filter =
                Inputs.in("filter", () -> JobSelection.of(FILTER.check(inputs.object("filter"), call.now())));
        JobChange change = !inputs.has("change")
                ? null
                : Inputs.in("change", () -> JobChanges.change(call, inputs.object("change")));
        return new BulkRequest(Inputs.in("action", () -> BulkAction.of(inputs.needed("action"))), filter, change);
    }

    private static int number(OperationCall call) {
        String number = call.inputs().needed("number");
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new ValidationException(
                    "number", "invalid bulk number '" + number + "': use a number from GET /bulk");
        }
    }
}
