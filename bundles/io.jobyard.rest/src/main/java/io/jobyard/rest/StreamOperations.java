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

    static final Operation EVENTS = ended(
            Operation.get("/events", "followEvents")
                    .says(
                            "Stream job changes live. Each event has its cursor as ID, the new status as name, and data of the schema live"
                                    + " event. Without the permission view:all, only changes of the caller's own jobs.")
                    .answers(200, EventView.LIVE_EVENT)
                    .takes(
                            Input.text(
                                    "after",
                                    "the ID of the event after which the stream begins; start: all kept events; default: now"),
                            Input.of("type", InputType.TEXTS, "only events of jobs of one of these types"),
                            Input.of(
                                    "queue",
                                    InputType.TEXTS,
                                    "only events of jobs that were in one of these queues at the time of the event"),
                            Input.of(
                                    "submitter",
                                    InputType.TEXTS,
                                    "only events of jobs submitted by one of these users or bundles"),
                            Input.of(
                                    "label",
                                    InputType.TEXTS_BY_NAME,
                                    "only events of jobs with this label, NAME=VALUE; with several labels, jobs that have all of them")));

    static final Operation LIVE = ended(Operation.get("/live", "followScreen")
            .says("Stream updates for a screen: an event pulse at most twice a second, with data of the schema pulse.")
            .answers(200, PulseView.PULSE));

    static final Operation COMMANDS = ended(Operation.post("/commands", "runCommand")
            .says("Run a command of bin/jobyard, and send its output live. Requires the permissions of that command.")
            .takes(Input.whole(
                            "columns", "width of the caller's terminal in characters; 0 without a terminal", 0, 100_000)
                    .byDefault(0))
            .notOnce(
                    "the output of a command is not stored; omit the header. If a job must not be submitted twice, give it a"
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
