// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.ScheduleView;
import io.jobyard.views.api.ScheduleView.ScheduleDone;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes jobs at its times. */
final class ScheduleRoutes {

    private static final int PREVIEWED = 10;

    private static final RequestBody BACKFILL = RequestBody.of("backfill")
            .must("from", ValueKind.TEXT, "the first possible time: an instant, or how long ago")
            .may("to", ValueKind.TEXT, "where it ends; now if left out");

    private static final QueryParameter TIMES =
            QueryParameter.whole("limit", "how many times, 1 to 1000; 10 if left out");

    static final List<Route> ALL = List.of(
            Route.get("/schedules", "listSchedules")
                    .says("The schedules, when each is due next, and what holds it.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, ScheduleView.SCHEDULES)
                    .by(request ->
                            Reply.of(ScheduleView.SCHEDULES, request.schedules().schedules())),
            Route.post("/schedules", "addSchedule")
                    .says("Add a schedule, which makes jobs at its times.")
                    .needs(AccessRule.SCHEDULE)
                    .takes(ScheduleBody.ADD)
                    .answers(201, ScheduleView.SCHEDULE)
                    .by(ScheduleRoutes::add),
            Route.post("/schedules/preview", "previewNewSchedule")
                    .says("The next times of a schedule as it would be added. Nothing is stored.")
                    .needs(AccessRule.SCHEDULE)
                    .may(TIMES)
                    .takes(ScheduleBody.ADD)
                    .answers(200, ScheduleView.FIRES)
                    .guarded(RequestGuard.READS)
                    .by(request -> preview(request, new ScheduleBody(request).added())),
            Route.get("/schedules/{name}", "getSchedule")
                    .says("A schedule as it is now.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, ScheduleView.SCHEDULE)
                    .by(request -> Reply.of(ScheduleView.SCHEDULE, find(request))),
            Route.of("PATCH", "/schedules/{name}", "changeSchedule")
                    .says("Change a schedule that was added; what is left out stays as it is.")
                    .needs(AccessRule.OVERVIEW, AccessRule.SCHEDULE)
                    .takes(ScheduleBody.CHANGE)
                    .answers(200, ScheduleView.SCHEDULE)
                    .by(request ->
                            Reply.of(ScheduleView.SCHEDULE, request.schedules().change(changed(request)))),
            Route.post("/schedules/{name}/preview", "previewScheduleChange")
                    .says("The next times of a schedule as it would be changed. Nothing is stored.")
                    .needs(AccessRule.OVERVIEW, AccessRule.SCHEDULE)
                    .may(TIMES)
                    .takes(ScheduleBody.CHANGE)
                    .answers(200, ScheduleView.FIRES)
                    .guarded(RequestGuard.READS)
                    .by(request -> preview(request, changed(request))),
            Route.of("DELETE", "/schedules/{name}", "removeSchedule")
                    .says("Remove a schedule that was added; its jobs stay.")
                    .needs(AccessRule.SCHEDULE)
                    .answers(200, ScheduleView.DONE)
                    .by(request -> done(request, "removed", ScheduleManager::remove)),
            Route.post("/schedules/{name}/pause", "pauseSchedule")
                    .says("Pause a schedule; the times that fall into the pause are left out.")
                    .needs(AccessRule.SCHEDULE)
                    .takes(RequestBody.PAUSE)
                    .answers(200, ScheduleView.DONE)
                    .by(ScheduleRoutes::pause),
            Route.post("/schedules/{name}/resume", "resumeSchedule")
                    .says("End the pause of a schedule.")
                    .needs(AccessRule.SCHEDULE)
                    .answers(200, ScheduleView.DONE)
                    .by(request -> done(request, "resumed", ScheduleManager::resume)),
            Route.post("/schedules/{name}/run", "runSchedule")
                    .says("Make a job of a schedule now, beside those for its times.")
                    .needs(AccessRule.SCHEDULE)
                    .answers(201, ScheduleView.RUN)
                    .by(ScheduleRoutes::run),
            Route.get("/schedules/{name}/preview", "previewSchedule")
                    .says("The next times of a schedule.")
                    .needs(AccessRule.OVERVIEW)
                    .may(TIMES)
                    .answers(200, ScheduleView.FIRES)
                    .by(request -> Reply.of(
                            ScheduleView.FIRES,
                            request.schedules()
                                    .preview(name(request), request.query().number("limit", PREVIEWED)))),
            Route.post("/schedules/{name}/backfill", "backfillSchedule")
                    .says("Make jobs for past times that have none, one after the other.")
                    .needs(AccessRule.SCHEDULE)
                    .takes(BACKFILL)
                    .answers(200, ScheduleView.DONE)
                    .by(ScheduleRoutes::backfill));

    private ScheduleRoutes() {}

    /** Does something to a schedule. */
    @FunctionalInterface
    private interface ScheduleAction {
        void on(ScheduleManager schedules, String name);
    }

    private static String name(RestRequest request) {
        return request.path("name");
    }

    private static ScheduleStatus find(RestRequest request) {
        return request.schedules().schedules().stream()
                .filter(schedule -> schedule.name().equals(name(request)))
                .findFirst()
                .orElseThrow(() -> new RestException(404, "not_found", "there is no schedule " + name(request)));
    }

    private static Reply add(RestRequest request) throws IOException {
        ScheduleStatus added = request.schedules().add(new ScheduleBody(request).added());
        return Reply.of(ScheduleView.SCHEDULE, added)
                .status(201)
                .header("Location", RestServlet.ROOT + "/schedules/" + added.name());
    }

    private static ScheduleSpecification changed(RestRequest request) throws IOException {
        return new ScheduleBody(request).changed(find(request).specification());
    }

    private static Reply preview(RestRequest request, ScheduleSpecification asked) {
        int most = request.query().number("limit", PREVIEWED);
        return Reply.of(ScheduleView.FIRES, request.schedules().preview(asked, most));
    }

    private static Reply run(RestRequest request) {
        Reply reply = Reply.of(ScheduleView.RUN, request.schedules().run(name(request)));
        return reply.status(201)
                .header("Location", RestServlet.ROOT + "/jobs/" + reply.json().get("id"));
    }

    private static Reply done(RestRequest request, String state, ScheduleAction change) {
        change.on(request.schedules(), name(request));
        return Reply.of(ScheduleView.DONE, new ScheduleDone(name(request), state, null));
    }

    private static Reply pause(RestRequest request) throws IOException {
        RestBody body = request.body();
        return done(request, "paused", (all, name) -> all.pause(name, body.text("reason"), body.next("until")));
    }

    private static Reply backfill(RestRequest request) throws IOException {
        RestBody body = request.body();
        Instant from = body.past("from");
        @Nullable Instant to = body.past("to");
        if (from == null) {
            throw new ValidationException("from", "a backfill needs a beginning; give from");
        }
        int times = request.schedules().backfill(name(request), from, to == null ? request.now() : to);
        return Reply.of(ScheduleView.DONE, new ScheduleDone(name(request), "backfilled", times));
    }
}
