// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.Job;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationCall.CallOrigin;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.Fingerprint;
import io.jobyard.views.api.JsonReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller's request for one route, read as a call of its operation. */
final class RestRequest {

    private static final String SESSION = "io.jobyard.spi.identity.SignedIn.id";

    /** Caller of requests without authentication; histories show this name. */
    private static final Caller NOBODY = Caller.user("nobody");

    private final RestHost host;
    private final Route route;
    private final HttpServletRequest http;
    private final HttpServletResponse response;
    private final String representation;
    private final Caller caller;
    private final Map<String, @Nullable Object> body;
    private final OperationCall call;

    RestRequest(
            RestHost host,
            RouteTable.FoundRoute found,
            HttpServletRequest http,
            HttpServletResponse response,
            String representation)
            throws IOException {
        this.host = host;
        this.http = http;
        this.response = response;
        this.representation = representation;
        route = found.route();
        caller = route.operation().isForEverybody() && known(http) == null ? NOBODY : caller(http);
        body = body();
        call = call(found.parts());
    }

    /** Returns the authenticated caller, or the user that the caller acts as. The authentication of the port has verified both. */
    static Caller caller(HttpServletRequest http) {
        Caller caller = known(http);
        if (caller == null) {
            throw new RestException(
                    ErrorCode.UNAUTHENTICATED, "not signed in; send a token as Authorization: Bearer TOKEN");
        }
        return caller;
    }

    private static @Nullable Caller known(HttpServletRequest http) {
        return http.getAttribute(Caller.class.getName()) instanceof Caller caller ? caller : null;
    }

    private Map<String, @Nullable Object> body() throws IOException {
        Operation operation = route.operation();
        if (!operation.hasBody()) {
            return Map.of();
        }
        if (operation.otherInputs().stream().anyMatch(input -> input.type() == InputType.JOBS)) {
            int most = BodyText.ofBatch(host.sizes);
            return BodyText.mediaType(http).equals(JobLines.TYPE)
                    ? Map.of("jobs", new JobLines(BodyText.read(http, JobLines.TYPE, most)))
                    : JsonReader.object("the body", BodyText.read(http, Representation.JSON, most));
        }
        String text = BodyText.read(http, Representation.JSON, BodyText.ofPayload(host.sizes));
        boolean isEmpty = text.isBlank() || text.strip().equals("null"); // some generated clients send null for no body
        return isEmpty && !operation.needsBody() ? Map.of() : JsonReader.object("the body", text);
    }

    private OperationCall call(Map<String, String> path) {
        Operation operation = route.operation();
        Map<String, @Nullable Object> query = QueryText.json(http.getQueryString(), operation.otherInputs());
        if (operation.hasBody() && !query.isEmpty()) {
            String name = query.keySet().iterator().next();
            throw new ValidationException(
                    FieldProblem.path("", name),
                    "'" + name + "' is in the query; send the inputs of " + operation.name() + " in the body");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(query);
        values.putAll(body);
        path.forEach((name, value) -> {
            if (values.put(name, value) != null) {
                throw new ValidationException(name, name + " is part of the path; remove it from the body");
            }
        });
        Object session = http.getAttribute(SESSION);
        OperationCall plain = host.operations
                .call(operation, caller, values)
                .from(new CallOrigin(session instanceof String id ? id : null, http.getRemoteAddr()));
        return matched(plain.with((jobs, sent) -> submit(plain, jobs, sent)));
    }

    /** Makes the call conditional: with If-Match it changes the job only if the job has not changed since the client read it. */
    private OperationCall matched(OperationCall plain) {
        String match = http.getHeader(RequestGuard.MATCH);
        if (match == null || !route.operation().isConditional()) {
            return plain;
        }
        Job seen = plain.status().status(plain.id());
        Reply now = JobWait.reply(plain.status(), seen);
        if (!JobWait.matches(match, String.valueOf(now.headers().get("ETag")))) {
            throw new JobChangedException(seen.id());
        }
        return match.equals("*") ? plain : plain.ifUnchanged(seen);
    }

    /** Stores jobs with the trace of the request. With an idempotency key, stores them only once. */
    private List<Submission> submit(OperationCall plain, List<JobSpecification> jobs, Iterable<?> sent) {
        List<JobSpecification> traced = TracedJobs.of(jobs, http.getHeader(TracedJobs.TRACEPARENT));
        String key = http.getHeader(RequestGuard.KEY);
        return key == null
                ? plain.jobs().submitAll(traced)
                : host.once.submit(
                        caller, key, Fingerprint.of(http.getMethod() + " " + http.getRequestURI(), sent), traced);
    }

    RestHost host() {
        return host;
    }

    Route route() {
        return route;
    }

    HttpServletRequest http() {
        return http;
    }

    HttpServletResponse response() {
        return response;
    }

    Caller caller() {
        return caller;
    }

    OperationCall call() {
        return call;
    }

    StatusReporter status() {
        return call.status();
    }

    /** Returns the body as the client sent it. */
    Map<String, @Nullable Object> sent() {
        return body;
    }

    @Nullable
    String header(String name) {
        return http.getHeader(name);
    }

    /** Returns whether the client accepts an event stream. */
    boolean wantsEvents() {
        return representation.equals(Representation.EVENTS);
    }
}
