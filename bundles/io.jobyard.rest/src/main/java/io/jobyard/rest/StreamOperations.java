// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationBuilder;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.PulseView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;

/** Declarations of operations that only HTTP has, each with its own servlet: event streams and commands. */
final class StreamOperations {

    private static final String ANY = "; of several, any";

    static final Operation EVENTS = ended(Operation.get("/events", "followEvents")
            .says(
                    "The changes of jobs as they come: each an event with its cursor as id, the new status as name, and as data the"
                            + " schema live event. Those of all jobs, or of the caller's own without the permission view:all.")
            .answers(200, EventView.LIVE_EVENT)
            .takes(
                    Input.text(
                            "after",
                            "the id of the event after which the stream begins; start for all that are kept; default: now"),
                    Input.of("type", InputType.TEXTS, "only events of jobs of this type" + ANY),
                    Input.of("queue", InputType.TEXTS, "only events of jobs that were in this queue then" + ANY),
                    Input.of("submitter", InputType.TEXTS, "only events of jobs of this user or bundle" + ANY),
                    Input.of(
                            "label",
                            InputType.TEXTS_BY_NAME,
                            "only events of jobs with this label, NAME=VALUE; of several, all")));

    static final Operation LIVE = ended(Operation.get("/live", "followScreen")
            .says("For screens: at most twice a second an event pulse, with the schema pulse as data.")
            .answers(200, PulseView.PULSE));

    static final Operation COMMANDS = ended(Operation.post("/commands", "runCommand")
            .says(
                    "Run a command of bin/jobyard, and send what it prints as it comes. It takes the permissions that it takes"
                            + " everywhere.")
            .takes(Input.whole("columns", "the width of the caller's terminal; 0 without one", 0, 100_000)
                    .byDefault(0))
            .notOnce(
                    "what a command prints is not kept; leave the header out, and give a job that must not be made twice a"
                            + " --key"));

    static final List<Operation> STREAMS = List.of(EVENTS, LIVE);

    private StreamOperations() {}

    private static Operation ended(OperationBuilder declared) {
        return declared.by(call -> {
            throw new IllegalStateException("a servlet answers " + declared);
        });
    }

    /** Returns the checked inputs from the query of a request. */
    static Inputs inputs(HttpServletRequest http, Operation operation, Instant now) {
        return operation.check(QueryText.json(http.getQueryString(), operation.inputs()), now);
    }
}
