// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.JobId;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.api.ScheduleStatus;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Views of schedules. */
public final class ScheduleView {

    private static final View<SchedulePause> PAUSE = View.<SchedulePause>of("schedule pause", "A pause of a schedule.")
            .text("by", "user who paused the schedule", SchedulePause::by)
            .instant("since", "when", SchedulePause::since)
            .text("reason?", "reason; null if none was given", SchedulePause::reason)
            .instant(
                    "until?",
                    "time at which the pause ends automatically; null if only a resume ends it",
                    SchedulePause::until);

    /** One schedule. */
    public static final View<ScheduleStatus> SCHEDULE = View.<ScheduleStatus>of(
                    "schedule", "A schedule in its current state.")
            .text("name", "schedule name", ScheduleStatus::name)
            .word("source", List.of("file", "added"), "`file`, or `added` if created at run time", ScheduleView::source)
            .text(
                    "cron?",
                    "cron expression; null if the schedule has an interval",
                    asked(one -> one.rhythm() instanceof Rhythm.Cron cron ? cron.expression() : null))
            .word(
                    "syntax?",
                    StateWords.of(CronSyntax.values(), CronSyntax::text),
                    "syntax of `cron`: `unix` or `quartz`; null if the schedule has an interval",
                    asked(one -> one.rhythm() instanceof Rhythm.Cron cron
                            ? cron.syntax().text()
                            : null))
            .text("every?", "interval between scheduled times, for example `5m`", asked(ScheduleView::every))
            .text("delay?", "delay from the end of one job to the next scheduled time", asked(ScheduleView::delay))
            .text("zone", "time zone of `cron` and `calendars`", asked(one -> one.zone()))
            .text("type", "type of its jobs", asked(asked -> asked.job().type()))
            .instant(
                    "next?",
                    "next scheduled time, without jitter; null after the last time, during a pause, while the"
                            + " schedule waits for the end of a job, or while a calendar is missing",
                    one -> one.times().next())
            .instant(
                    "last?",
                    "latest scheduled time that got a job",
                    one -> one.times().last())
            .text("lastJob?", "job of that time", one -> one.times().lastJob())
            .text(
                    "missed",
                    "`skip`, `last` or `all:N`",
                    asked(asked -> asked.missed().policy().text()))
            .seconds(
                    "graceSeconds",
                    "grace period, after which a time counts as missed",
                    asked(one -> one.missed().grace()))
            .word(
                    "overlap",
                    StateWords.of(OverlapPolicy.values(), OverlapPolicy::text),
                    "`allow`, `skip`, `queue` or `cancel`",
                    asked(asked -> asked.overlap().text()))
            .seconds("jitterSeconds", "maximum delay added to each scheduled time", asked(one -> one.jitter()))
            .instant(
                    "start?",
                    "earliest scheduled time",
                    asked(one -> one.bounds().start()))
            .instant(
                    "end?",
                    "end of the schedule, exclusive",
                    asked(one -> one.bounds().end()))
            .texts(
                    "calendars",
                    "calendars; a time at which one of them is closed gets no job",
                    asked(one -> one.bounds().calendars()))
            .text("owner", "owner of its jobs: a user or a bundle", ScheduleStatus::owner)
            .one("paused?", PAUSE, "why the schedule submits no jobs; null if it does", ScheduleStatus::pause)
            .whole(
                    "overlaps",
                    "number of latest scheduled times in a row that got no job because an earlier job was unfinished",
                    one -> one.times().overlaps())
            .instant("backfilledTo?", "end of the current backfill; null without one", ScheduleStatus::backfilled);

    /** All schedules. */
    public static final View<List<ScheduleStatus>> SCHEDULES = View.<List<ScheduleStatus>>of(
                    "schedules", "All schedules.")
            .list("schedules", SCHEDULE, "the schedules, by name", schedules -> schedules);

    private static final View<PlannedFire> FIRE = View.<PlannedFire>of("fire", "A future scheduled time.")
            .instant("at", "time of the submit, including jitter", PlannedFire::at)
            .text(
                    "local",
                    "local time in the schedule's zone",
                    fire -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(fire.local()))
            .text("skipped?", "why this time is skipped; null if it gets a job", PlannedFire::skipped);

    /** The next scheduled times of a schedule. */
    public static final View<List<PlannedFire>> FIRES = View.<List<PlannedFire>>of(
                    "fires", "The next scheduled times of a schedule.")
            .list("fires", FIRE, "the times, in order", fires -> fires);

    /** The job of a schedule that was started manually. */
    public static final View<JobId> RUN = View.<JobId>of(
                    "scheduled job", "Confirmation of a job submitted for a schedule.")
            .text("id", "job ID", job -> job);

    /** Confirmation of a change of a schedule. */
    public static final View<ScheduleDone> DONE = View.<ScheduleDone>of(
                    "done schedule", "Confirmation of a change to a schedule.")
            .text("schedule", "schedule name", ScheduleDone::schedule)
            .word(
                    "state",
                    List.of("paused", "resumed", "removed", "backfilled"),
                    "`paused`, `resumed`, `removed` or `backfilled`",
                    ScheduleDone::state)
            .whole("times?", "number of times of a backfill", ScheduleDone::times);

    private ScheduleView() {}

    /**
     * Confirmation of a change of a schedule.
     *
     * @param times the number of affected scheduled times; null if the change does not affect any
     */
    public record ScheduleDone(
            String schedule, String state, @Nullable Integer times) {}

    private static String source(ScheduleStatus schedule) {
        return schedule.isFromFile() ? "file" : "added";
    }

    private static @Nullable String every(ScheduleSpecification asked) {
        return asked.rhythm() instanceof Rhythm.Every every ? Durations.text(every.interval()) : null;
    }

    private static @Nullable String delay(ScheduleSpecification asked) {
        return asked.rhythm() instanceof Rhythm.Delay delay ? Durations.text(delay.interval()) : null;
    }

    private static <V> Function<ScheduleStatus, @Nullable V> asked(Function<ScheduleSpecification, @Nullable V> value) {
        return schedule -> value.apply(schedule.specification());
    }
}
