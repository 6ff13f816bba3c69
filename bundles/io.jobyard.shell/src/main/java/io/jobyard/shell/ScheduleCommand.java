// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.ScheduleView;
import io.jobyard.views.api.ScheduleView.ScheduleDone;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:schedule",
        sortOptions = false,
        description = "Add, change, pause, resume, run, remove, preview or backfill a schedule, which submits jobs at"
                + " its scheduled times.",
        customSynopsis = {
            "job:schedule add NAME (--cron TIMES | --every D | --delay D)",
            "           --type TYPE [OPTIONS]",
            "       job:schedule change NAME [OPTIONS]",
            "       job:schedule pause NAME [--reason TEXT] [--until TIME]",
            "       job:schedule (resume | run | remove) NAME",
            "       job:schedule preview NAME [N]",
            "       job:schedule backfill NAME --from TIME [--to TIME]"
        })
final class ScheduleCommand extends UserCommand {

    static final List<String> WHAT =
            List.of("add", "change", "pause", "resume", "run", "remove", "preview", "backfill");
    private static final int PREVIEWED = 10;

    @Mixin
    final ScheduleOptions options = new ScheduleOptions();

    @Override
    Answer answer(CommandUser user) {
        ScheduleManager schedules = user.schedules();
        String name = options.name;
        return switch (options.what) {
            case "add" -> told(schedules.add(new TypedSchedule(options, user).added()));
            case "change" -> told(schedules.change(new TypedSchedule(options, user).changed(find(schedules))));
            case "pause" -> pause(schedules, user.now());
            case "resume" -> {
                schedules.resume(name);
                yield done("resumed", "schedule " + name + " resumed");
            }
            case "run" -> Answer.of(ScheduleView.RUN, schedules.run(name), ScheduleCommand::print);
            case "remove" -> {
                schedules.remove(name);
                yield done("removed", "schedule " + name + " removed; its jobs stay");
            }
            case "preview" ->
                Answer.of(
                        ScheduleView.FIRES,
                        schedules.preview(name, options.count == null ? PREVIEWED : options.count),
                        ScheduleCommand::print);
            case "backfill" -> backfill(schedules, user.now());
            default -> throw UsageException.verb(options.what, "a schedule", WHAT);
        };
    }

    private ScheduleStatus find(ScheduleManager schedules) {
        List<ScheduleStatus> all = schedules.schedules();
        return all.stream()
                .filter(schedule -> schedule.name().equals(options.name))
                .findFirst()
                .orElseThrow(() -> new StateConflictException("unknown schedule " + options.name
                        + Spelling.hint(
                                options.name,
                                all.stream().map(ScheduleStatus::name).toList())
                        + "; job:schedules lists the schedules"));
    }

    private static Answer told(ScheduleStatus schedule) {
        return Answer.of(
                ScheduleView.SCHEDULE,
                schedule,
                (status, screen) -> screen.line("schedule " + status.name() + ": "
                        + SchedulesCommand.times(status.specification())
                        + (status.times().next() == null
                                ? ""
                                : ", next " + JobText.time(status.times().next()))));
    }

    private Answer pause(ScheduleManager schedules, Instant now) {
        Instant end = TimeOptions.next("--until", options.until, now);
        schedules.pause(options.name, options.reason, end);
        String how = end == null
                ? "; job:schedule resume " + options.name + " ends the pause"
                : " until " + JobText.time(end);
        return done("paused", "schedule " + options.name + " is paused" + how);
    }

    private Answer backfill(ScheduleManager schedules, Instant now) {
        Instant from = TimeOptions.past("--from", options.from, now);
        if (from == null) {
            throw new UsageException(
                    "missing --from: give the start of the backfill, an instant, a time of day or an age");
        }
        Instant to = TimeOptions.past("--to", options.to, now);
        int times = schedules.backfill(options.name, from, to == null ? now : to);
        return Answer.of(
                ScheduleView.DONE,
                new ScheduleDone(options.name, "backfilled", times),
                times + (times == 1 ? " time gets a job" : " times get their jobs, one after the other")
                        + "; times that already have a job are skipped");
    }

    private Answer done(String state, String text) {
        return Answer.of(ScheduleView.DONE, new ScheduleDone(options.name, state, null), text);
    }

    private static void print(JobId job, Screen screen) {
        screen.line(job.toString());
    }

    private static void print(List<PlannedFire> fires, Screen screen) {
        Table table = new Table("LOCAL", "AT", "LEFT OUT");
        fires.forEach(fire -> table.row(fire.local(), JobText.time(fire.at()), fire.skipped()));
        table.print(screen);
        if (fires.isEmpty()) {
            screen.line("no times");
        }
    }
}
