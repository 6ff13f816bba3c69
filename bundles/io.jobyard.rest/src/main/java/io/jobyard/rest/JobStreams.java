// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;

/** Routes that only HTTP answers in a special way: long polling for the end of a job, and event streams. */
final class JobStreams {

    private static final Input WAIT =
            Input.of("wait", InputType.DURATION, "how long to wait for the end of the job, such as 30s; at most 60s");
    private static final Input AFTER = Input.whole(
                    "after",
                    "for event streams (events job at each change, log for each line, piece for each piece of its stream, end):"
                            + " the position in the stream after which the events begin",
                    0,
                    Long.MAX_VALUE)
            .byDefault(0);

    private JobStreams() {}

    static Route route(Operation operation) {
        return switch (operation.name()) {
            case "getJob" -> new Route(operation.taking(WAIT, AFTER), true, JobStreams::job);
            case "getLog" -> streamed(operation, JobStreams::log);
            case "getStream" -> streamed(operation, JobStreams::pieces);
            default -> Route.of(operation);
        };
    }

    /** Answers with an event stream if the client accepts one, otherwise with the usual answer. */
    private static Route streamed(Operation operation, Route.RouteAction events) {
        Route plain = Route.of(operation);
        return new Route(
                operation,
                true,
                request -> request.wantsEvents()
                        ? events.answer(request)
                        : plain.action().answer(request));
    }

    private static Reply job(RestRequest request) {
        if (!request.wantsEvents()) {
            return JobWait.answer(request);
        }
        JobId id = request.status().status(request.call().id()).id();
        long after = SseText.lastId(request.http(), request.call().inputs().longNumber("after", 0));
        return open(request, new JobSource(request.status(), id, after));
    }

    private static Reply log(RestRequest request) {
        StatusReporter status = request.status();
        JobId id = status.status(request.call().id()).id();
        int last = (int) Math.min(Integer.MAX_VALUE, SseText.lastId(request.http(), 0));
        return open(request, new LogSource(status, id, last));
    }

    private static Reply pieces(RestRequest request) {
        StatusReporter status = request.status();
        JobId id = request.call().id();
        long last = SseText.lastId(request.http(), request.call().inputs().longNumber("after", 0));
        status.stream(id, last, 1); // refuse the request here, before the stream is answered with 200
        return open(request, new PieceSource(status, id, last));
    }

    private static Reply open(RestRequest request, LiveSource source) {
        request.host().streams.open(request.http(), request.response(), source);
        return Reply.LATER;
    }
}
