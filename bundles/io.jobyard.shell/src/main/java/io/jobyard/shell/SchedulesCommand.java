// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.ScheduleView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "job:schedules", description = "List the schedules, when each is due next, and what holds it.")
final class SchedulesCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(ScheduleView.SCHEDULES, user.schedules().schedules(), SchedulesCommand::print);
    }

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
        Duration every = asked.rhythm().every();
        Duration delay = asked.rhythm().delay();
        return asked.rhythm().cron() != null
                ? asked.rhythm().cron() + " " + asked.rhythm().zone()
                : every != null
                        ? "every " + Durations.text(every)
                        : delay == null ? "" : "delay " + Durations.text(delay);
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
