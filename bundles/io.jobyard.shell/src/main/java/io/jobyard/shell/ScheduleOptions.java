// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code job:schedule}. */
final class ScheduleOptions {

    @Parameters(
            index = "0",
            paramLabel = "VERB",
            description = "add, change, pause, resume, run, remove, preview or backfill.")
    String what = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Schedule name.")
    String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "N",
            description = "With preview: number of times to list (1–1000; default 10).")
    @Nullable
    Integer count;

    @Option(
            names = "--cron",
            paramLabel = "TIMES",
            description =
                    "Cron expression: minute, hour, day of month, month, day of week, for example '0 2 * * *'; six"
                            + " fields with seconds first; or @hourly, @daily, @weekly, @monthly, @yearly.")
    @Nullable
    String cron;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description =
                    "Interval between scheduled times, independent of how long jobs take, for example 90s, 5m, 2h or"
                            + " 1d.")
    @Nullable
    String every;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "Delay from the end of one job to the next scheduled time.")
    @Nullable
    String delay;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of --cron, for example Europe/Berlin (default UTC).")
    @Nullable
    String zone;

    @Option(names = "--type", paramLabel = "TYPE", description = "Job type, which selects the handler.")
    @Nullable
    String type;

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            description =
                    "Payload of each job (default {}). In its texts, $${fireAt} is replaced by the job's scheduled"
                            + " time and $${lastCompletedAt} by the time of the last completed job; $${fireAt:yyyy-MM-dd}"
                            + " formats it in the time zone.")
    @Nullable
    String payload;

    @Option(
            names = "--missed",
            paramLabel = "POLICY",
            description = "Policy for times missed while no host was running: skip, last (one job for all of them; the"
                    + " default), all:N (the latest N).")
    @Nullable
    String missed;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            description = "Grace period, after which a time counts as missed (default 1m).")
    @Nullable
    String grace;

    @Option(
            names = "--overlap",
            paramLabel = "POLICY",
            description = "Policy if an earlier job is unfinished: skip (no job; the default), allow (run both), queue"
                    + " (wait until it is finished), cancel (cancel it first).")
    @Nullable
    String overlap;

    @Option(
            names = "--jitter",
            paramLabel = "DURATION",
            description = "Maximum delay added to each scheduled time; constant for each time.")
    @Nullable
    String jitter;

    @Option(names = "--start", paramLabel = "TIME", description = "Earliest scheduled time.")
    @Nullable
    String start;

    @Option(
            names = "--end",
            paramLabel = "TIME",
            description = "End of the schedule: no scheduled times at or after this time.")
    @Nullable
    String end;

    @Option(names = "--queue", paramLabel = "Q", description = "Queue of its jobs (default: the queue of their type).")
    @Nullable
    String queue;

    @Option(names = "--priority", paramLabel = "N", description = "Priority of its jobs; 1 is highest.")
    @Nullable
    Integer priority;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Maximum time of a run.")
    @Nullable
    Integer timeout;

    @Option(names = "--retries", paramLabel = "N", description = "Maximum number of retries after the first attempt.")
    @Nullable
    Integer retries;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With pause: the reason.")
    @Nullable
    String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "With pause: time at which the pause ends automatically: an instant such as 2027-01-31T08:00:00Z,"
                            + " a time of day such as 18:30, or a duration from now such as 2h.")
    @Nullable
    String until;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With backfill: start of the range, inclusive: an instant, a time of day, or an age.")
    @Nullable
    String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "With backfill: end of the range, exclusive (default: now).")
    @Nullable
    String to;
}
