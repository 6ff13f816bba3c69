// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.views.api.ScheduleView.ScheduleDone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds, changes and controls schedules. */
final class ScheduleCommand {

    private static final String NAME = "NAME";

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "schedule",
                    "Add, change, pause, resume, run, remove, preview or backfill a schedule, which submits jobs at its"
                            + " scheduled times.")
            .form(Form.of("addSchedule", ScheduleCommand::status)
                    .at("add")
                    .named("name", NAME)
                    .innerJob("job")
                    .after(ScheduleCommand::withPayload))
            .form(Form.of("changeSchedule", ScheduleCommand::status)
                    .at("change")
                    .innerJob("job"))
            .form(new Form("pauseSchedule", ScheduleCommand::paused).at("pause"))
            .form(Form.of("resumeSchedule", ScheduleCommand::done).at("resume"))
            .form(Form.of("runSchedule", ScheduleCommand::job).at("run"))
            .form(Form.of("removeSchedule", ScheduleCommand::done).at("remove"))
            .form(Form.of("previewSchedule", ScheduleCommand::print)
                    .at("preview")
                    .named("limit", "N"))
            .form(Form.of("backfillSchedule", ScheduleCommand::backfilled).at("backfill"));

    private ScheduleCommand() {}

    /** Adds the default payload. */
    private static void withPayload(Map<String, @Nullable Object> values, CommandUser user) {
        if (values.get("job") instanceof Map<?, ?> job) {
            Map<Object, @Nullable Object> whole = new LinkedHashMap<>(job);
            whole.putIfAbsent("payload", Map.of());
            values.put("job", whole);
        }
    }

    private static void status(ScheduleStatus schedule, Screen screen) {
        screen.line("schedule " + schedule.name() + ": " + SchedulesCommand.times(schedule.specification())
                + (schedule.times().next() == null
                        ? ""
                        : ", next " + JobText.time(schedule.times().next())));
    }

    private static void paused(ScheduleDone done, FormCall call, Screen screen) {
        Instant end = call.call().inputs().next("until");
        screen.line("schedule " + done.schedule() + " is paused"
                + (end == null
                        ? "; job:schedule resume " + done.schedule() + " ends the pause"
                        : " until " + JobText.time(end)));
    }

    private static void done(ScheduleDone done, Screen screen) {
        screen.line("schedule " + done.schedule() + " " + done.state()
                + (done.state().equals("removed") ? "; its jobs stay" : ""));
    }

    private static void backfilled(ScheduleDone done, Screen screen) {
        Integer times = done.times();
        screen.line(times
                + (times != null && times == 1 ? " time gets a job" : " times get their jobs, one after the other")
                + "; times that already have a job are skipped");
    }

    private static void job(JobId job, Screen screen) {
        screen.line(job.toString());
    }

    private static void print(List<PlannedFire> fires, Screen screen) {
        Table table = new Table("LOCAL", "AT", "SKIPPED");
        fires.forEach(fire -> table.row(fire.local(), JobText.time(fire.at()), fire.skipped()));
        table.print(screen);
        if (fires.isEmpty()) {
            screen.line("no times");
        }
    }
}
