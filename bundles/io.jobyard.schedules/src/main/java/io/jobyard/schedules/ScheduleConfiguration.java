// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a schedule. */
@ObjectClassDefinition(
        name = "Jobyard schedule",
        description = "A schedule, which submits jobs at its scheduled times; one file per schedule:"
                + " etc/io.jobyard.schedules-NAME.cfg. Requires type and one of cron, every and delay.")
@interface ScheduleConfiguration {

    @AttributeDefinition(
            name = "cron",
            description =
                    "Cron expression: minute, hour, day of month, month, day of week, for example 0 2 * * *; with six"
                            + " fields the first is the second; or @hourly, @daily, @weekly, @monthly, @yearly.",
            required = false)
    String cron() default "";

    @AttributeDefinition(
            name = "syntax",
            description =
                    "Syntax of the cron expression: unix, or quartz (second, minute, hour, day of month, month, day"
                            + " of week, optional year, with ?, L, W, LW, L-3 and #), for example 0 0 2 ? * MON-FRI.",
            required = false)
    String syntax() default "unix";

    @AttributeDefinition(
            name = "every",
            description =
                    "Interval between scheduled times, independent of how long jobs take (1s to 36500d), for example"
                            + " 90s, 5m, 2h or 1d.",
            required = false)
    String every() default "";

    @AttributeDefinition(
            name = "delay",
            description = "Delay from the end of one job to the next scheduled time, in the same format.",
            required = false)
    String delay() default "";

    @AttributeDefinition(
            name = "zone",
            description = "Time zone of the cron expression and of the calendars, for example Europe/Berlin.",
            required = false)
    String zone() default "UTC";

    @AttributeDefinition(name = "type", description = "Job type, which selects the handler.")
    String type();

    @AttributeDefinition(
            name = "payload",
            description =
                    "Payload of each job, a JSON object. In its texts, ${fireAt} is replaced by the job's scheduled"
                            + " time and ${lastCompletedAt} by the time of the last completed job; ${fireAt:yyyy-MM-dd} formats"
                            + " it in the time zone.",
            required = false)
    String payload() default "{}";

    @AttributeDefinition(
            name = "as",
            description = "User who owns its jobs: the user's roles and quotas apply to each job. Default: bundle"
                    + " io.jobyard.schedules.",
            required = false)
    String as() default "";

    @AttributeDefinition(
            name = "missed",
            description =
                    "Policy for times missed while no host was running: skip (none), last (one job for all of them),"
                            + " all:N (the latest N, N from 1 to 1000).",
            required = false)
    String missed() default "last";

    @AttributeDefinition(
            name = "grace.seconds",
            description = "Grace period in seconds, after which a time counts as missed (1–86400).")
    int grace_seconds() default 60;

    @AttributeDefinition(
            name = "overlap",
            description = "Policy if an earlier job is unfinished: skip (no job for this time), allow (run both), queue"
                    + " (wait until it is finished), cancel (cancel it, and wait for that).",
            required = false)
    String overlap() default "skip";

    @AttributeDefinition(
            name = "jitter.seconds",
            description = "Maximum delay in seconds added to each scheduled time; constant for each time (0–86400).")
    int jitter_seconds() default 0;

    @AttributeDefinition(
            name = "start",
            description = "Earliest scheduled time, an instant, for example 2027-01-31T08:00:00Z.",
            required = false)
    String start() default "";

    @AttributeDefinition(
            name = "end",
            description = "End of the schedule, an instant: no scheduled times at or after it.",
            required = false)
    String end() default "";

    @AttributeDefinition(
            name = "calendars",
            description =
                    "Calendars io.jobyard.calendars-NAME, separated by commas (at most 10), for example holidays,office;"
                            + " a time at which one of them is closed gets no job.",
            required = false)
    String calendars() default "";

    @AttributeDefinition(
            name = "queue",
            description = "Queue of its jobs (default: the queue of their type).",
            required = false)
    String queue() default "";

    @AttributeDefinition(
            name = "priority",
            description = "Priority of its jobs; 1 is highest (default: the default priority).",
            required = false)
    String priority() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Maximum time of a run in seconds (1–86400; default: default.timeout.seconds of"
                    + " io.jobyard.scheduler).",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "max.retries",
            description = "Maximum number of retries after the first attempt (0–10; default: default.max.retries of"
                    + " io.jobyard.scheduler).",
            required = false)
    String max_retries() default "";
}
