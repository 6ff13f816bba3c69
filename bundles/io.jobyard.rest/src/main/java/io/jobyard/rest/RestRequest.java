// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.JsonReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request of one caller for one route. */
final class RestRequest {

    private static final String SESSION = "io.jobyard.spi.identity.SignedIn.id";

    /** As whom histories name those who need not be signed in. */
    private static final Caller NOBODY = Caller.user("nobody");

    private final RestHost host;
    private final Route route;
    private final Map<String, String> path;
    private final HttpServletRequest http;
    private final HttpServletResponse response;
    private final String representation;
    private final Caller caller;
    private final RequestQuery query;
    private final Instant now;
    private @Nullable Map<String, Object> object;

    RestRequest(
            RestHost host,
            Route route,
            Map<String, String> path,
            HttpServletRequest http,
            HttpServletResponse response,
            String representation) {
        this.host = host;
        this.route = route;
        this.path = path;
        this.http = http;
        this.response = response;
        this.representation = representation;
        now = host.clock.instant();
        caller = route.isForEverybody() && known(http) == null ? NOBODY : caller(http);
        query = new RequestQuery(http.getQueryString(), route.parameters(), now);
    }

    /** Who asks, or the user for whom it speaks: whoever guards the port has made sure of both. */
    static Caller caller(HttpServletRequest http) {
        Caller caller = known(http);
        if (caller == null) {
            throw new RestException(
                    401, "unauthenticated", "nobody is signed in; send a token as Authorization: Bearer TOKEN");
        }
        return caller;
    }

    private static @Nullable Caller known(HttpServletRequest http) {
        return http.getAttribute(Caller.class.getName()) instanceof Caller caller ? caller : null;
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

    /** The id of the session by which the caller asks; null without one. */
    @Nullable
    String session() {
        return http.getAttribute(SESSION) instanceof String id ? id : null;
    }

    Instant now() {
        return now;
    }

    JobManager jobs() {
        return host.jobs(caller);
    }

    StatusReporter status() {
        return host.status(caller);
    }

    ScheduleManager schedules() {
        return host.schedules(caller);
    }

    RequestQuery query() {
        return query;
    }

    /** What stands for a part of the path in braces. */
    String path(String part) {
        return Objects.requireNonNull(path.get(part), part);
    }

    JobId id() {
        return JobId.of(path("id"));
    }

    @Nullable
    String header(String name) {
        return http.getHeader(name);
    }

    /** The body, checked; empty if there is none and it may be left out. */
    RestBody body() throws IOException {
        return new RestBody(Objects.requireNonNull(route.body()).checked(object()), now);
    }

    /** The body as it was sent; empty if there is none and it may be left out. */
    Map<String, Object> object() throws IOException {
        if (object == null) {
            String text = BodyText.read(http, Representation.JSON, BodyText.ofPayload(host.sizes));
            boolean isNone =
                    text.isBlank() && !Objects.requireNonNull(route.body()).required();
            object = isNone ? Map.of() : JsonReader.object("the body", text);
        }
        return object;
    }

    /** Whether the client wants events as they come. */
    boolean wantsEvents() {
        return representation.equals(Representation.EVENTS);
    }
}
