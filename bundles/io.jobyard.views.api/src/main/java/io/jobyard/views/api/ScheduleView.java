// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

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

/** Schedules. */
public final class ScheduleView {

    private static final View<SchedulePause> PAUSE = View.<SchedulePause>of(
                    "schedule pause", "That somebody paused a schedule.")
            .text("by", "who paused it", SchedulePause::by)
            .instant("since", "when", SchedulePause::since)
            .text("reason?", "what was said about it; null if nothing was", SchedulePause::reason)
            .instant("until?", "when it ends by itself; null if only a resume ends it", SchedulePause::until);

    /** One schedule. */
    public static final View<ScheduleStatus> SCHEDULE = View.<ScheduleStatus>of("schedule", "A schedule as it is now.")
            .text("name", "its name", ScheduleStatus::name)
            .word("source", List.of("file", "added"), "`file`, or `added` while a host ran", ScheduleView::source)
            .text(
                    "cron?",
                    "the times by the clock; null if it goes by an interval",
                    asked(one -> one.rhythm() instanceof Rhythm.Cron cron ? cron.expression() : null))
            .text("every?", "from one time to the next, such as `5m`", asked(ScheduleView::every))
            .text("delay?", "from the end of one job to the next time", asked(ScheduleView::delay))
            .text("zone", "the time zone of `cron`", asked(one -> one.zone()))
            .text("type", "the type of its jobs", asked(asked -> asked.job().type()))
            .instant(
                    "next?",
                    "its next time, without jitter; null if it has none, is paused, or waits for the end of a job",
                    one -> one.times().next())
            .instant(
                    "last?",
                    "the latest time that it made a job for",
                    one -> one.times().last())
            .text("lastJob?", "that job", one -> one.times().lastJob())
            .text(
                    "missed",
                    "`skip`, `last` or `all:N`",
                    asked(asked -> asked.missed().policy().text()))
            .seconds(
                    "graceSeconds",
                    "how late a time may be seen to and is not missed",
                    asked(one -> one.missed().grace()))
            .word(
                    "overlap",
                    StateWords.of(OverlapPolicy.values(), OverlapPolicy::text),
                    "`allow`, `skip`, `queue` or `cancel`",
                    asked(asked -> asked.overlap().text()))
            .seconds("jitterSeconds", "by how much a job may be later than its time", asked(one -> one.jitter()))
            .instant(
                    "start?",
                    "it has no times earlier",
                    asked(one -> one.bounds().start()))
            .instant(
                    "end?",
                    "it has no times from then on",
                    asked(one -> one.bounds().end()))
            .text("owner", "whose jobs it makes: a user, or a bundle", ScheduleStatus::owner)
            .one("paused?", PAUSE, "why it makes no jobs; null if it does", ScheduleStatus::pause)
            .whole(
                    "overlaps",
                    "how many of its latest times got no job, one after the other, because an earlier one had not ended",
                    one -> one.times().overlaps())
            .instant(
                    "backfilledTo?",
                    "up to when past times have got their jobs; null if none get any",
                    ScheduleStatus::backfilled);

    /** All schedules. */
    public static final View<List<ScheduleStatus>> SCHEDULES = View.<List<ScheduleStatus>>of(
                    "schedules", "All schedules.")
            .list("schedules", SCHEDULE, "each schedule, by name", schedules -> schedules);

    private static final View<PlannedFire> FIRE = View.<PlannedFire>of("fire", "A time to come of a schedule.")
            .instant("at", "when its job is made, with its jitter", PlannedFire::at)
            .text(
                    "local",
                    "the time by the schedule's zone",
                    fire -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(fire.local()))
            .text("skipped?", "why there will be no job for it; null if there will be one", PlannedFire::skipped);

    /** What comes next of a schedule. */
    public static final View<List<PlannedFire>> FIRES = View.<List<PlannedFire>>of(
                    "fires", "The next times of a schedule.")
            .list("fires", FIRE, "each of them, in order", fires -> fires);

    /** The job of a schedule that was run by hand. */
    public static final View<JobId> RUN =
            View.<JobId>of("scheduled job", "A job was made for a schedule.").text("id", "the job", job -> job);

    /** What was done to a schedule. */
    public static final View<ScheduleDone> DONE = View.<ScheduleDone>of(
                    "done schedule", "Something was done to a schedule.")
            .text("schedule", "its name", ScheduleDone::schedule)
            .word(
                    "state",
                    List.of("paused", "resumed", "removed", "backfilled"),
                    "`paused`, `resumed`, `removed` or `backfilled`",
                    ScheduleDone::state)
            .whole("times?", "of a backfill: how many times there are", ScheduleDone::times);

    private ScheduleView() {}

    /**
     * Something was done to a schedule.
     *
     * @param state what it is now
     * @param times how many times it is about; null if it is about none
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
