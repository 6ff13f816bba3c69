// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Activity;
import io.jobyard.api.HostQueries;
import io.jobyard.api.HostStatus.HostLoad;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Load;
import io.jobyard.api.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Views of the number of jobs, and of recent activity. */
public final class StatisticsView {

    private static final View<Activity.Rates> RATES = View.<Activity.Rates>of("rates", "Average rate per minute.")
            .number("oneMinute", "over the last minute", Activity.Rates::oneMinute)
            .number("fiveMinutes", "over the last five minutes", Activity.Rates::fiveMinutes)
            .number("fifteenMinutes", "over the last fifteen minutes", Activity.Rates::fifteenMinutes);

    private static final View<Activity.Times> TIMES = View.<Activity.Times>of(
                    "times", "Distribution of durations over about the last fifteen minutes, to within one percent.")
            .whole("count", "number of measurements; if 0, the other fields are null", Activity.Times::count)
            .seconds("p50Seconds?", "50th percentile (median)", Activity.Times::p50)
            .seconds("p95Seconds?", "95th percentile", Activity.Times::p95)
            .seconds("p99Seconds?", "99th percentile", Activity.Times::p99)
            .seconds("maxSeconds?", "maximum", Activity.Times::max);

    private static final View<Activity.Lately> PER_MINUTE = View.<Activity.Lately>of(
                    "per minute", "Rates of jobs, per minute.")
            .one("submitted", RATES, "submitted jobs", Activity.Lately::submitted)
            .one("started", RATES, "starts of runs, including retries", Activity.Lately::started)
            .one("completed", RATES, "completed jobs", Activity.Lately::completed)
            .one("failed", RATES, "failed jobs, after their last attempt", Activity.Lately::failed)
            .one("cancelled", RATES, "cancelled jobs", Activity.Lately::cancelled);

    private static final View<Activity.Lately> ACTIVITY = View.<Activity.Lately>of(
                    "activity", "Recent rates and durations. Counting restarts with the host.")
            .one("perMinute", PER_MINUTE, "rates", activity -> activity)
            .one("waits", TIMES, "time from ready to start", Activity.Lately::waits)
            .one("runs", TIMES, "time from the handler's first call to the end of the run", Activity.Lately::runs);

    private static final View<Load> LOAD = View.<Load>of("load", "Queued and running jobs at one moment.")
            .instant("at", "when", Load::at)
            .whole("queued", "number of ready jobs", Load::queued)
            .whole("running", "number of running jobs", Load::running);

    private static final View<HostLoad> SLOTS = View.<HostLoad>of("slots", "Slots of all hosts together.")
            .whole("room", "maximum number of running jobs that use a thread", HostLoad::room)
            .whole("running", "number of running jobs that use a thread", HostLoad::running)
            .whole("asyncRoom", "maximum number of running jobs of asynchronous handlers", HostLoad::asyncRoom)
            .whole("asyncRunning", "number of running jobs of asynchronous handlers", HostLoad::asyncRunning);

    /** All statistics. */
    public static final View<StatisticsNumbers> STATISTICS = View.<StatisticsNumbers>of(
                    "statistics", "Counts of all jobs, and activity in the last fifteen minutes.")
            .whole("total", "number of jobs", now(Statistics::total))
            .counts(
                    "byStatus",
                    "jobs by status, including statuses without jobs",
                    now(numbers -> byText(numbers.byStatus())))
            .counts("byPriority", "jobs by priority", now(numbers -> new TreeMap<>(numbers.byPriority())))
            .counts(
                    "queuedByPriority",
                    "ready jobs by priority",
                    now(numbers -> new TreeMap<>(numbers.queuedByPriority())))
            .counts("byQueue", "jobs by queue", now(numbers -> new TreeMap<>(numbers.byQueue())))
            .counts("byType", "jobs by type", now(numbers -> new TreeMap<>(numbers.byType())))
            .counts("bySubmitter", "jobs by submitter", now(numbers -> new TreeMap<>(numbers.bySubmitter())))
            .seconds(
                    "oldestReadySeconds?",
                    "time for which the oldest ready job has been ready",
                    now(Statistics::oldestReady))
            .one("slots", SLOTS, "slots of all hosts together", StatisticsNumbers::slots)
            .one(
                    "activity",
                    ACTIVITY,
                    "activity of all jobs",
                    numbers -> numbers.lately().all())
            .map(
                    "activityByQueue",
                    ACTIVITY,
                    "activity by queue",
                    numbers -> numbers.lately().byQueue())
            .map(
                    "activityByType",
                    ACTIVITY,
                    "activity by type",
                    numbers -> numbers.lately().byType())
            .list(
                    "load",
                    LOAD,
                    "queued and running jobs every five seconds since the host started, oldest first",
                    StatisticsNumbers::load);

    private StatisticsView() {}

    /**
     * All statistics.
     *
     * @param now the current number of jobs
     * @param slots the slots of all hosts together
     * @param load the number of jobs at moments of the last fifteen minutes
     */
    public record StatisticsNumbers(Statistics now, HostLoad slots, Activity lately, List<Load> load) {

        public StatisticsNumbers {
            load = List.copyOf(load);
        }

        /** Reads the current statistics of the host. */
        public static StatisticsNumbers of(HostQueries host) {
            return new StatisticsNumbers(host.statistics(), host.slots(), host.activity(), host.load());
        }
    }

    private static <V> Function<StatisticsNumbers, @Nullable V> now(Function<Statistics, @Nullable V> value) {
        return numbers -> value.apply(numbers.now());
    }

    private static Map<String, Long> byText(Map<JobStatus, Long> counts) {
        Map<String, Long> byText = new TreeMap<>();
        counts.forEach((status, jobs) -> byText.put(status.text(), jobs));
        return byText;
    }
}
