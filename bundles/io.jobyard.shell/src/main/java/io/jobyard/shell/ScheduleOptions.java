// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code job:schedule}. */
final class ScheduleOptions {

    @Parameters(
            index = "0",
            paramLabel = "VERB",
            description = "add, change, pause, resume, run, remove, preview or backfill.")
    String what = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The schedule.")
    String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "N",
            description = "With preview: how many times, 1 to 1000; 10 if left out.")
    @Nullable
    Integer count;

    @Option(
            names = "--cron",
            paramLabel = "TIMES",
            description =
                    "The times by the clock: minute, hour, day of the month, month, day of the week, such as"
                            + " '0 2 * * *'; six fields with seconds before them; or @hourly, @daily, @weekly, @monthly, @yearly.")
    @Nullable
    String cron;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "From one time to the next, however long jobs take: 90s, 5m, 2h, 1d.")
    @Nullable
    String every;

    @Option(names = "--delay", paramLabel = "DURATION", description = "From the end of one job to the next time.")
    @Nullable
    String delay;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone that --cron is about, such as Europe/Berlin; UTC if left out.")
    @Nullable
    String zone;

    @Option(names = "--type", paramLabel = "TYPE", description = "Names the handler that its jobs need.")
    @Nullable
    String type;

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            description =
                    "What the handler gets, {} if left out. In its texts $${fireAt} stands for the time of the job,"
                            + " $${lastCompletedAt} for when one last completed; $${fireAt:yyyy-MM-dd} writes it in the zone.")
    @Nullable
    String payload;

    @Option(
            names = "--missed",
            paramLabel = "POLICY",
            description =
                    "What is done about times at which no host was there: skip, last (one job for all of them; the"
                            + " default), all:N (the latest N).")
    @Nullable
    String missed;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            description = "How late a time may be seen to and is not missed yet; 1m if left out.")
    @Nullable
    String grace;

    @Option(
            names = "--overlap",
            paramLabel = "POLICY",
            description =
                    "What is done when an earlier job has not ended: skip (no job; the default), allow (a job beside"
                            + " it), queue (a job that waits for its end), cancel (it is cancelled first).")
    @Nullable
    String overlap;

    @Option(
            names = "--jitter",
            paramLabel = "DURATION",
            description = "By how much a job may be later than its time, always the same for that time.")
    @Nullable
    String jitter;

    @Option(names = "--start", paramLabel = "TIME", description = "No times earlier than that.")
    @Nullable
    String start;

    @Option(names = "--end", paramLabel = "TIME", description = "No times from then on.")
    @Nullable
    String end;

    @Option(names = "--queue", paramLabel = "Q", description = "The queue of its jobs; by their type if left out.")
    @Nullable
    String queue;

    @Option(names = "--priority", paramLabel = "N", description = "The level of its jobs, 1 first.")
    @Nullable
    Integer priority;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long one run may take.")
    @Nullable
    Integer timeout;

    @Option(names = "--retries", paramLabel = "N", description = "How many more attempts follow a first that fails.")
    @Nullable
    Integer retries;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With pause: why.")
    @Nullable
    String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "With pause: when it ends by itself: an instant such as 2027-01-31T08:00:00Z, a time of the day"
                            + " such as 18:30, or a duration from now such as 2h.")
    @Nullable
    String until;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With backfill: the first possible time: an instant, a time of the day, or how long ago.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "With backfill: where it ends; now if left out.")
    @Nullable
    String to;
}
