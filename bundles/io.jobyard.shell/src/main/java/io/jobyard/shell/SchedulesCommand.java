// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.views.api.Durations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists schedules. */
final class SchedulesCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("schedules", "").form(Form.of("listSchedules", SchedulesCommand::print));

    private SchedulesCommand() {}

    private static void print(List<ScheduleStatus> schedules, Screen screen) {
        Table table = new Table("SCHEDULE", "TIMES", "TYPE", "NEXT", "LAST", "MISSED", "OVERLAP");
        for (ScheduleStatus schedule : schedules) {
            ScheduleSpecification asked = schedule.specification();
            table.row(
                    schedule.name(),
                    times(asked),
                    asked.job().type(),
                    JobText.time(schedule.times().next()),
                    JobText.time(schedule.times().last()),
                    asked.missed().policy().text(),
                    asked.overlap().text());
        }
        table.print(screen);
        schedules.forEach(schedule -> pause(schedule, screen));
    }

    static String times(ScheduleSpecification asked) {
        if (asked.rhythm() instanceof Rhythm.Cron cron) {
            return cron.expression() + " " + asked.zone();
        }
        return asked.rhythm() instanceof Rhythm.Every every
                ? "every " + Durations.text(every.interval())
                : "delay " + Durations.text(((Rhythm.Delay) asked.rhythm()).interval());
    }

    private static void pause(ScheduleStatus schedule, Screen screen) {
        SchedulePause pause = schedule.pause();
        if (pause != null) {
            screen.line(schedule.name() + " is paused by " + pause.by() + " since " + JobText.time(pause.since())
                    + text(", until ", pause.until() == null ? null : JobText.time(pause.until()))
                    + text(": ", pause.reason()));
        }
    }

    private static String text(String before, @Nullable String text) {
        return text == null ? "" : before + text;
    }
}
