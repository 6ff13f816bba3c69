// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A schedule. */
@ObjectClassDefinition(
        name = "Jobyard schedule",
        description = "A schedule, which makes jobs at its times; a file for each: etc/io.jobyard.schedules-NAME.cfg."
                + " One of cron, every and delay is needed, and type.")
@interface ScheduleConfiguration {

    @AttributeDefinition(
            name = "cron",
            description =
                    "The times by the clock: minute, hour, day of the month, month, day of the week, such as"
                            + " 0 2 * * *; with six fields the first is the second; or @hourly, @daily, @weekly, @monthly, @yearly.",
            required = false)
    String cron() default "";

    @AttributeDefinition(
            name = "every",
            description = "From one time to the next, however long jobs take: 1s to 36500d, such as 90s, 5m, 2h, 1d.",
            required = false)
    String every() default "";

    @AttributeDefinition(
            name = "delay",
            description = "From the end of one job to the next time, told alike.",
            required = false)
    String delay() default "";

    @AttributeDefinition(
            name = "zone",
            description = "The time zone that cron is about, such as Europe/Berlin.",
            required = false)
    String zone() default "UTC";

    @AttributeDefinition(name = "type", description = "The type of its jobs: names the handler that they need.")
    String type();

    @AttributeDefinition(
            name = "payload",
            description = "What the handler gets: a JSON object. In its texts ${fireAt} stands for the time of the job,"
                    + " ${lastCompletedAt} for when one last completed; ${fireAt:yyyy-MM-dd} writes it in the zone.",
            required = false)
    String payload() default "{}";

    @AttributeDefinition(
            name = "as",
            description =
                    "The user whose jobs it makes: his roles and quotas apply to each. If left out, they are those of"
                            + " bundle io.jobyard.schedules.",
            required = false)
    String as() default "";

    @AttributeDefinition(
            name = "missed",
            description =
                    "What is done about times at which no host was there: skip (nothing), last (one job for all of"
                            + " them), all:N (the latest N of them, N from 1 to 1000).",
            required = false)
    String missed() default "last";

    @AttributeDefinition(
            name = "grace.seconds",
            description = "How late a time may be seen to and is not missed yet; 1 to 86400.")
    int grace_seconds() default 60;

    @AttributeDefinition(
            name = "overlap",
            description =
                    "What is done when an earlier job has not ended: skip (no job for this time), allow (a job beside"
                            + " it), queue (a job that waits for its end), cancel (it is cancelled, and the job waits for that).",
            required = false)
    String overlap() default "skip";

    @AttributeDefinition(
            name = "jitter.seconds",
            description =
                    "By how much a job may be made later than its time, always the same for that time; 0 to 86400.")
    int jitter_seconds() default 0;

    @AttributeDefinition(
            name = "start",
            description = "No times earlier than this instant, such as 2027-01-31T08:00:00Z.",
            required = false)
    String start() default "";

    @AttributeDefinition(name = "end", description = "No times from this instant on.", required = false)
    String end() default "";

    @AttributeDefinition(
            name = "queue",
            description = "The queue of its jobs; by their type if left out.",
            required = false)
    String queue() default "";

    @AttributeDefinition(
            name = "priority",
            description = "The level of its jobs, 1 first; the default level if left out.",
            required = false)
    String priority() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description =
                    "How long one run may take, 1 to 86400; default.timeout.seconds of io.jobyard.scheduler if left"
                            + " out.",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "max.retries",
            description = "How many more attempts follow a first that fails, 0 to 10; default.max.retries of"
                    + " io.jobyard.scheduler if left out.",
            required = false)
    String max_retries() default "";
}
