// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationBuilder;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.schedules.UnknownSchedule;
import io.jobyard.views.api.ScheduleView;
import io.jobyard.views.api.ScheduleView.ScheduleDone;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations on schedules. */
final class NamedSchedules {

    private static final int FEW = 10;

    private static final Input TIMES =
            Input.whole("limit", "number of times to list", 1, 1000).byDefault(FEW);

    static final List<Operation> ALL = List.of(
            Operation.get("/schedules", "listSchedules")
                    .says("List schedules, the next time of each, and what blocks it.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, ScheduleView.SCHEDULES)
                    .by(call -> OperationResult.of(
                            ScheduleView.SCHEDULES, call.schedules().schedules())),
            Operation.post("/schedules", "addSchedule")
                    .says("Add a schedule, which submits jobs at its scheduled times.")
                    .needs(AccessRule.SCHEDULE)
                    .takes(ScheduleInputs.ADD)
                    .answers(201, ScheduleView.SCHEDULE)
                    .by(NamedSchedules::add),
            Operation.post("/schedules/preview", "previewNewSchedule")
                    .says("List the next times of a schedule as it would be added. Nothing is stored.")
                    .needs(AccessRule.SCHEDULE)
                    .takes(ScheduleInputs.ADD)
                    .takes(TIMES)
                    .answers(200, ScheduleView.FIRES)
                    .readsOnly()
                    .by(call -> preview(call, new ScheduleInputs(call).added())),
            Operation.get("/schedules/{name}", "getSchedule")
                    .says("Show a schedule.")
                    .needs(AccessRule.OVERVIEW)
                    .answers(200, ScheduleView.SCHEDULE)
                    .by(call -> OperationResult.of(ScheduleView.SCHEDULE, find(call))),
            Operation.patch("/schedules/{name}", "changeSchedule")
                    .says("Change a schedule that was added. Fields that are not given stay as they are.")
                    .needs(AccessRule.OVERVIEW, AccessRule.SCHEDULE)
                    .takes(ScheduleInputs.CHANGE)
                    .answers(200, ScheduleView.SCHEDULE)
                    .by(call -> OperationResult.of(
                            ScheduleView.SCHEDULE, call.schedules().change(changed(call)))),
            Operation.post("/schedules/{name}/preview", "previewScheduleChange")
                    .says("List the next times of a schedule as it would be changed. Nothing is stored.")
                    .needs(AccessRule.OVERVIEW, AccessRule.SCHEDULE)
                    .takes(ScheduleInputs.CHANGE)
                    .takes(TIMES)
                    .answers(200, ScheduleView.FIRES)
                    .readsOnly()
                    .by(call -> preview(call, changed(call))),
            Operation.delete("/schedules/{name}", "removeSchedule")
                    .says("Remove a schedule that was added; its jobs stay.")
                    .needs(AccessRule.SCHEDULE)
                    .answers(200, ScheduleView.DONE)
                    .by(call -> done(call, "removed", ScheduleManager::remove)),
            on("pause", "pauseSchedule", "Pause a schedule; times during the pause are skipped.")
                    .takes(QueueOperations.PAUSE)
                    .by(call -> done(
                            call,
                            "paused",
                            (all, name) -> all.pause(
                                    name,
                                    call.inputs().text("reason"),
                                    call.inputs().next("until")))),
            on("resume", "resumeSchedule", "Resume a schedule.")
                    .by(call -> done(call, "resumed", ScheduleManager::resume)),
            Operation.post("/schedules/{name}/run", "runSchedule")
                    .says("Submit a job of a schedule now, in addition to the jobs for its scheduled times.")
                    .needs(AccessRule.SCHEDULE)
                    .answers(201, ScheduleView.RUN)
                    .by(NamedSchedules::run),
            Operation.get("/schedules/{name}/preview", "previewSchedule")
                    .says("List the next times of a schedule.")
                    .needs(AccessRule.OVERVIEW)
                    .takes(TIMES)
                    .answers(200, ScheduleView.FIRES)
                    .by(call -> OperationResult.of(
                            ScheduleView.FIRES,
                            call.schedules().preview(name(call), call.inputs().number("limit", FEW)))),
            on("backfill", "backfillSchedule", "Submit jobs for past times that have none, one after the other.")
                    .takes(
                            Input.of(
                                            "from",
                                            InputType.TIME,
                                            "start of the range, inclusive: an instant, a time of day, or an age")
                                    .mandatory(),
                            Input.of("to", InputType.TIME, "end of the range, exclusive; default: now"))
                    .by(NamedSchedules::backfill));

    private NamedSchedules() {}

    private static OperationBuilder on(String verb, String name, String summary) {
        return Operation.post("/schedules/{name}/" + verb, name)
                .says(summary)
                .needs(AccessRule.SCHEDULE)
                .answers(200, ScheduleView.DONE);
    }

    /** Changes a schedule. */
    @FunctionalInterface
    private interface ScheduleAction {
        void on(ScheduleManager schedules, String name);
    }

    private static String name(OperationCall call) {
        return call.inputs().needed("name");
    }

    private static ScheduleStatus find(OperationCall call) {
        String name = name(call);
        List<ScheduleStatus> all = call.schedules().schedules();
        return all.stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> UnknownSchedule.of(
                        name, all.stream().map(ScheduleStatus::name).toList()));
    }

    private static OperationResult add(OperationCall call) {
        ScheduleStatus added = call.schedules().add(new ScheduleInputs(call).added());
        return OperationResult.of(ScheduleView.SCHEDULE, added).created("/schedules/" + added.name());
    }

    private static ScheduleSpecification changed(OperationCall call) {
        return new ScheduleInputs(call).changed(find(call).specification());
    }

    private static OperationResult preview(OperationCall call, ScheduleSpecification asked) {
        return OperationResult.of(
                ScheduleView.FIRES,
                call.schedules().preview(asked, call.inputs().number("limit", FEW)));
    }

    private static OperationResult run(OperationCall call) {
        OperationResult result =
                OperationResult.of(ScheduleView.RUN, call.schedules().run(name(call)));
        return result.created("/jobs/" + result.json().get("id"));
    }

    private static OperationResult done(OperationCall call, String state, ScheduleAction change) {
        change.on(call.schedules(), name(call));
        return OperationResult.of(ScheduleView.DONE, new ScheduleDone(name(call), state, null));
    }

    private static OperationResult backfill(OperationCall call) {
        Instant from = Objects.requireNonNull(call.inputs().past("from"));
        @Nullable Instant to = call.inputs().past("to");
        int times = call.schedules().backfill(name(call), from, to == null ? call.now() : to);
        return OperationResult.of(ScheduleView.DONE, new ScheduleDone(name(call), "backfilled", times));
    }
}
