// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.JobManager;
import io.jobyard.api.PauseTarget;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.LimitView;
import io.jobyard.views.api.QueueView;
import io.jobyard.views.api.QueueView.Overview;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Operations on queues, limits and pauses. */
final class QueueOperations {

    /** The inputs of every pause. */
    static final List<Input> PAUSE = List.of(
            Input.text("reason", "reason for the pause; explanations show it"),
            Input.of(
                    "until",
                    InputType.TIME,
                    "time at which the pause ends automatically: an instant, a time of day such as 18:30, or a duration from now such as 2h"));

    private static final Input TARGET = Input.text(
            "target",
            "jobs: the name of a queue, type:NAME, limit:NAME (jobs that use the limit, even through their handler), user:NAME, or all");

    private static final Input SETTINGS = Input.of(
                    "settings",
                    InputType.TEXTS_BY_NAME,
                    "keys as in its configuration file with their values, for example running.max=2; an empty value removes a key")
            .mandatory();

    static final List<Operation> ALL = List.of(
            Operation.get("/queues", "listQueues")
                    .says("List queues, their limits and what blocks them.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, QueueView.QUEUES)
                    .by(call -> OperationResult.of(
                            QueueView.QUEUES,
                            new Overview(call.status().queues(), call.status().pauses()))),
            Operation.get("/limits", "listLimits")
                    .says("List limits and the remaining amount of each unit.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, LimitView.LIMITS)
                    .by(call ->
                            OperationResult.of(LimitView.LIMITS, call.status().limits())),
            set("limit", "setLimit", JobManager::setLimit),
            remove("limit", "removeLimit", "Jobs that name it wait until it exists again.", JobManager::removeLimit),
            set("queue", "setQueue", JobManager::setQueue),
            remove("queue", "removeQueue", "Its jobs stay in it, without limits.", JobManager::removeQueue),
            Operation.post("/queues/{name}/pause", "pauseQueue")
                    .says("Pause a queue: none of its jobs starts until it is resumed. Running jobs continue.")
                    .needs(AccessRule.PAUSE)
                    .takes(PAUSE)
                    .answers(200, QueueView.PAUSED)
                    .by(call -> pause(call, PauseTarget.queue(call.inputs().needed("name")))),
            Operation.post("/queues/{name}/resume", "resumeQueue")
                    .says("Resume a queue.")
                    .needs(AccessRule.RESUME)
                    .answers(200, QueueView.RESUMED)
                    .by(call -> resume(call, PauseTarget.queue(call.inputs().needed("name")))),
            Operation.post("/pauses", "pauseJobs")
                    .says("Pause jobs: none of them starts until you resume them. Running jobs continue.")
                    .needs(AccessRule.PAUSE)
                    .takes(PAUSE)
                    .takes(TARGET.mandatory())
                    .answers(200, QueueView.PAUSED)
                    .by(call -> pause(call, target(call))),
            Operation.delete("/pauses/{target}", "resumeJobs")
                    .says("End a pause of jobs.")
                    .needs(AccessRule.RESUME)
                    .takes(TARGET.mandatory())
                    .answers(200, QueueView.RESUMED)
                    .by(call -> resume(call, target(call))));

    private QueueOperations() {}

    /** Creates or changes a limit or a queue. */
    @FunctionalInterface
    private interface Setting {
        void on(JobManager jobs, String name, Map<String, String> settings);
    }

    private static Operation set(String kind, String name, Setting setting) {
        return Operation.patch("/" + kind + "s/{name}", name)
                .says("Create or change a " + kind + " at run time, for all hosts that share the database.")
                .needs(AccessRule.DEFINE)
                .takes(SETTINGS)
                .answers(200, LimitView.DEFINED)
                .by(call -> {
                    Map<String, String> settings = new TreeMap<>();
                    call.inputs()
                            .textsByName("settings")
                            .forEach((key, value) -> settings.put(key, value == null ? "" : value));
                    setting.on(call.jobs(), call.inputs().needed("name"), settings);
                    return defined(call, kind, "set");
                });
    }

    private static Operation remove(String kind, String name, String then, BiConsumer<JobManager, String> removal) {
        return Operation.delete("/" + kind + "s/{name}", name)
                .says("Remove a " + kind + " that was created at run time. " + then)
                .needs(AccessRule.DEFINE)
                .answers(200, LimitView.DEFINED)
                .by(call -> {
                    removal.accept(call.jobs(), call.inputs().needed("name"));
                    return defined(call, kind, "removed");
                });
    }

    private static OperationResult defined(OperationCall call, String kind, String how) {
        return OperationResult.of(
                LimitView.DEFINED, new LimitView.Defined(kind, call.inputs().needed("name"), how));
    }

    private static OperationResult pause(OperationCall call, PauseTarget target) {
        Instant until = call.inputs().next("until");
        call.jobs().pause(target, call.inputs().text("reason"), until);
        return OperationResult.of(QueueView.PAUSED, new QueueView.Paused(target, until));
    }

    private static OperationResult resume(OperationCall call, PauseTarget target) {
        call.jobs().resume(target);
        return OperationResult.of(QueueView.RESUMED, target);
    }

    private static PauseTarget target(OperationCall call) {
        String text = call.inputs().needed("target");
        return text.equals("all") ? PauseTarget.ALL : PauseTarget.of(text);
    }
}
