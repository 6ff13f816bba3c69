// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobManager;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.LimitView;
import io.jobyard.views.api.QueueView;
import io.jobyard.views.api.QueueView.Overview;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Queues, limits, and what is paused. */
final class QueueRoutes {

    private static final String TARGET = "which jobs: type:NAME, limit:NAME, user:NAME, the name of a queue, or all";

    private static final RequestBody SETTINGS = RequestBody.of("settings")
            .must(
                    "settings",
                    ValueKind.OBJECT,
                    "keys as of its file, such as running.max, and their values as texts; null takes a key away, and what is"
                            + " left out stays");

    static final List<Route> ALL = List.of(
            Route.get("/queues", "listQueues")
                    .says("The queues, what they allow and what holds them, and all other pauses.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, QueueView.QUEUES)
                    .by(request -> Reply.of(
                            QueueView.QUEUES,
                            new Overview(
                                    request.status().queues(), request.status().pauses()))),
            Route.get("/limits", "listLimits")
                    .says("The limits, and what is left of each unit.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, LimitView.LIMITS)
                    .by(request -> Reply.of(LimitView.LIMITS, request.status().limits())),
            set("limit", "setLimit", JobManager::setLimit),
            remove("limit", "removeLimit", "Jobs that name it wait until there is one again.", JobManager::removeLimit),
            set("queue", "setQueue", JobManager::setQueue),
            remove("queue", "removeQueue", "Its jobs stay in it, without bounds.", JobManager::removeQueue),
            Route.post("/queues/{name}/pause", "pauseQueue")
                    .says("Pause the jobs of a queue: none of them starts until they are resumed. What runs goes on.")
                    .needs(AccessRule.PAUSE)
                    .takes(RequestBody.PAUSE)
                    .answers(200, QueueView.PAUSED)
                    .by(request -> pause(request, PauseTarget.queue(request.path("name")), request.body())),
            Route.post("/queues/{name}/resume", "resumeQueue")
                    .says("End the pause of a queue.")
                    .needs(AccessRule.RESUME)
                    .answers(200, QueueView.RESUMED)
                    .by(request -> resume(request, PauseTarget.queue(request.path("name")))),
            Route.post("/pauses", "pauseJobs")
                    .says("Pause the jobs of a type, a limit, a user, a queue, or all.")
                    .needs(AccessRule.PAUSE)
                    .takes(RequestBody.PAUSE.named("pause of jobs").must("target", ValueKind.TEXT, TARGET))
                    .answers(200, QueueView.PAUSED)
                    .by(QueueRoutes::pause),
            Route.of("DELETE", "/pauses/{target}", "resumeJobs")
                    .says("End a pause of a type, a limit, a user, a queue, or all; of all with the target all.")
                    .needs(AccessRule.RESUME)
                    .answers(200, QueueView.RESUMED)
                    .by(request -> resume(request, target(request.path("target")))));

    private QueueRoutes() {}

    /** Makes or changes a limit or a queue. */
    @FunctionalInterface
    private interface Setting {
        void on(JobManager jobs, String name, Map<String, String> settings);
    }

    private static Route set(String kind, String name, Setting setting) {
        return Route.of("PATCH", "/" + kind + "s/{name}", name)
                .says("Make a " + kind + ", or change one that was made so, for all hosts of the database.")
                .needs(AccessRule.DEFINE)
                .takes(SETTINGS)
                .answers(200, LimitView.DEFINED)
                .by(request -> {
                    Map<String, String> settings = new TreeMap<>();
                    request.body()
                            .marks("settings")
                            .forEach((key, value) -> settings.put(key, value == null ? "" : value));
                    setting.on(request.jobs(), request.path("name"), settings);
                    return Reply.of(LimitView.DEFINED, new LimitView.Defined(kind, request.path("name"), "set"));
                });
    }

    private static Route remove(String kind, String name, String then, BiConsumer<JobManager, String> removal) {
        return Route.of("DELETE", "/" + kind + "s/{name}", name)
                .says("Remove a " + kind + " that was made while a host ran. " + then)
                .needs(AccessRule.DEFINE)
                .answers(200, LimitView.DEFINED)
                .by(request -> {
                    removal.accept(request.jobs(), request.path("name"));
                    return Reply.of(LimitView.DEFINED, new LimitView.Defined(kind, request.path("name"), "removed"));
                });
    }

    private static Reply pause(RestRequest request) throws IOException {
        RestBody body = request.body();
        return pause(request, target(body.needed("target")), body);
    }

    private static Reply pause(RestRequest request, PauseTarget target, RestBody body) {
        Instant until = body.next("until");
        request.jobs().pause(target, body.text("reason"), until);
        return Reply.of(QueueView.PAUSED, new QueueView.Paused(target, until));
    }

    private static Reply resume(RestRequest request, PauseTarget target) {
        request.jobs().resume(target);
        return Reply.of(QueueView.RESUMED, target);
    }

    private static PauseTarget target(String text) {
        return text.equals("all") ? PauseTarget.ALL : PauseTarget.of(text);
    }
}
