// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.UsageQuery.Period;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.AuditView;
import io.jobyard.views.api.CallerView;
import io.jobyard.views.api.CanaryView;
import io.jobyard.views.api.FindingView;
import io.jobyard.views.api.GroupView;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.HostView;
import io.jobyard.views.api.StatisticsView;
import io.jobyard.views.api.UsageView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tells of the host as a whole, and of the caller. */
final class HostRoutes {

    private static final Duration LATELY = Duration.ofDays(30);
    private static final int AUDITED = 100;
    private static final int MOST_AUDITED = 10_000;

    private static final RequestBody PASSWORDS = RequestBody.of("passwords")
            .must("password", ValueKind.TEXT, "the password in force")
            .must("next", ValueKind.TEXT, "the next one, 12 to 200 characters");

    static final List<Route> ALL = List.of(
            Route.get("/handlers", "listHandlers")
                    .says("The handlers, the types without one, and the files that bring them.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HandlerView.HANDLERS)
                    .by(request -> Reply.of(
                            HandlerView.HANDLERS,
                            new HandlerView.AllHandlers(
                                    request.status().handlers(),
                                    request.status().deployed()))),
            Route.get("/types", "listTypes")
                    .says("The types of jobs, and the JSON Schema of the payload of each.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HandlerView.TYPES)
                    .by(request -> Reply.of(HandlerView.TYPES, PayloadSchemas.of(request.status()))),
            Route.get("/types/{type}", "getType")
                    .says("The handlers of a type, and the JSON Schema of its payload.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HandlerView.HANDLERS_OF_TYPE)
                    .by(HostRoutes::type),
            Route.get("/groups/{name}", "getGroup")
                    .says("How far a group of jobs is.")
                    .needs(AccessRule.VIEW)
                    .may(QueryParameter.text("submitter", "whose group it is; the caller's if left out"))
                    .answers(200, GroupView.GROUP)
                    .by(request -> Reply.of(
                            GroupView.GROUP,
                            request.status()
                                    .group(request.path("name"), request.query().text("submitter")))),
            Route.get("/usage", "getUsage")
                    .says("Sums of what runs have used, such as tokens or money.")
                    .needs(AccessRule.OVERVIEW)
                    .may(
                            QueryParameter.text(
                                    "by",
                                    "what tells runs apart: user (if left out), type, model, label.NAME; several with commas"),
                            QueryParameter.text("per", "a sum for each day, week or month"),
                            QueryParameter.text(
                                    "since",
                                    "of runs that began since then: an instant, or how long ago; 30d if left out"),
                            QueryParameter.text("until", "of runs that began before then; now if left out"),
                            QueryParameter.text(
                                    "zone", "where days begin, such as Europe/Berlin; the host's if left out"),
                            QueryParameter.text("user", "only of jobs of this user"),
                            QueryParameter.text("type", "only of jobs of this type"),
                            QueryParameter.text("unit", "only of this unit"))
                    .answers(200, UsageView.USAGE)
                    .by(HostRoutes::usage),
            Route.get("/statistics", "getStatistics")
                    .says("How many jobs there are, what they did lately, and the load of the last fifteen minutes.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, StatisticsView.STATISTICS)
                    .by(request ->
                            Reply.of(StatisticsView.STATISTICS, StatisticsView.StatisticsNumbers.of(request.status()))),
            Route.get("/hosts", "listHosts")
                    .says("The hosts that share the database.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, HostView.HOSTS)
                    .by(request -> Reply.of(HostView.HOSTS, request.status().hosts())),
            Route.post("/hosts/{name}/drain", "drainHost")
                    .says("Let a host finish what it runs and be given nothing more; GET /hosts tells when it is idle.")
                    .needs(AccessRule.DRAIN)
                    .answers(200, HostView.DRAIN)
                    .by(request -> {
                        request.jobs().drain(request.path("name"));
                        return Reply.of(HostView.DRAIN, new HostView.Drain(request.path("name"), true));
                    }),
            Route.post("/hosts/{name}/end-drain", "endDrain")
                    .says("Let a host that drains be given jobs again.")
                    .needs(AccessRule.DRAIN)
                    .answers(200, HostView.DRAIN)
                    .by(request -> {
                        request.jobs().endDrain(request.path("name"));
                        return Reply.of(HostView.DRAIN, new HostView.Drain(request.path("name"), false));
                    }),
            Route.get("/canaries", "listCanaries")
                    .says("The versions of handlers that are tried, and how their runs ended beside those of others.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, CanaryView.CANARIES)
                    .by(request ->
                            Reply.of(CanaryView.CANARIES, request.status().canaries())),
            Route.post("/bundles/{bundle}/release", "releaseBundle")
                    .says(
                            "Let a bundle back that was set aside: by its symbolic name, or by that, a space and a version.")
                    .needs(AccessRule.RELEASE)
                    .answers(200, HandlerView.RELEASED)
                    .by(request -> {
                        request.jobs().release(request.path("bundle"));
                        return Reply.of(HandlerView.RELEASED, request.path("bundle"));
                    }),
            Route.get("/doctor", "askDoctor")
                    .says("What somebody should look at, and how to mend it.")
                    .needs(AccessRule.DOCTOR)
                    .answers(200, FindingView.FINDINGS)
                    .by(request ->
                            Reply.of(FindingView.FINDINGS, request.status().doctor())),
            Route.get("/audit", "readAudit")
                    .says("What operators did and brought, and what was refused.")
                    .needs(AccessRule.AUDIT)
                    .may(
                            QueryParameter.text("since", "from then on: an instant, or how long ago"),
                            QueryParameter.text("who", "only what somebody did whose name contains this"),
                            QueryParameter.text("action", "only this action, such as cancel or refused"),
                            QueryParameter.whole("limit", "the newest so many, 1 to 10000; 100 if left out"))
                    .answers(200, AuditView.ENTRIES)
                    .by(HostRoutes::audit),
            Route.post("/audit/proof", "proveAudit")
                    .says(
                            "Prove the audit: whether all of it, and the histories of all jobs that have ended, are as they were written.")
                    .needs(AccessRule.AUDIT)
                    .answers(200, AuditView.PROOF)
                    .guarded(RequestGuard.READS)
                    .by(request -> {
                        request.host().access.require(request.caller(), AccessRule.AUDIT);
                        return Reply.of(AuditView.PROOF, request.host().audit.verify());
                    }),
            Route.get("/me", "getMe")
                    .says("Who asks, and what the caller may do.")
                    .answers(200, CallerView.CALLER)
                    .by(HostRoutes::caller),
            Route.post("/me/password", "changeMyPassword")
                    .says("Give oneself another password. All sessions of the caller end, and tokens stay good.")
                    .takes(PASSWORDS)
                    .notOnce(RequestGuard.HAS_PASSWORD)
                    .answers(200, CallerView.CALLER)
                    .by(HostRoutes::changePassword));

    private HostRoutes() {}

    private static Reply caller(RestRequest request) {
        return Reply.of(
                CallerView.CALLER,
                CallerView.KnownCaller.of(request.caller(), request.host().access, request.session()));
    }

    private static Reply changePassword(RestRequest request) throws IOException {
        RestBody body = request.body();
        char[] old = body.needed("password").toCharArray();
        char[] next = body.needed("next").toCharArray();
        request.host()
                .signIn
                .changePassword(request.caller(), old, next, request.http().getRemoteAddr());
        return caller(request);
    }

    private static Reply type(RestRequest request) {
        StatusReporter status = request.status();
        String type = request.path("type");
        List<HandlerStatus> handlers = status.handlers().stream()
                .filter(handler -> handler.type().equals(type))
                .toList();
        if (handlers.isEmpty()) {
            throw new RestException(404, "not_found", "no handler serves type " + type + ", and no job waits for one");
        }
        return Reply.of(
                HandlerView.HANDLERS_OF_TYPE,
                new HandlerView.OfType(handlers, status.schema(type).orElse(null)));
    }

    private static Reply usage(RestRequest request) {
        RequestQuery query = request.query();
        Instant since =
                Objects.requireNonNullElse(query.past("since"), request.now().minus(LATELY));
        Instant until = Objects.requireNonNullElse(query.past("until"), request.now());
        String by = query.text("by");
        String per = query.text("per");
        String zone = query.text("zone");
        UsageQuery usage = new UsageQuery(
                since,
                until,
                by == null ? List.of("user") : Arrays.asList(by.split(",")),
                per == null ? null : Period.of(per),
                zone == null ? ZoneId.systemDefault() : ScheduleBody.zone("zone", zone),
                query.text("user"),
                query.text("type"),
                query.text("unit"));
        return Reply.of(
                UsageView.USAGE,
                new UsageView.AnsweredUsage(usage, request.status().usage(usage)));
    }

    private static Reply audit(RestRequest request) {
        request.host().access.require(request.caller(), AccessRule.AUDIT);
        RequestQuery query = request.query();
        int limit = query.number("limit", AUDITED);
        if (limit < 1 || limit > MOST_AUDITED) {
            throw new ValidationException("limit", "limit = " + limit + " is out of range; use 1 to " + MOST_AUDITED);
        }
        return Reply.of(
                AuditView.ENTRIES,
                request.host().audit.find(query.past("since"), query.text("who"), query.text("action"), limit));
    }
}
