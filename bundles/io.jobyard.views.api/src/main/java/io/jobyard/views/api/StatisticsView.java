// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Activity;
import io.jobyard.api.HostQueries;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Load;
import io.jobyard.api.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many jobs there are, and what they did lately. */
public final class StatisticsView {

    private static final View<Activity.Rates> RATES = View.<Activity.Rates>of(
                    "rates", "How often something happened, per minute on average.")
            .number("oneMinute", "over the last minute", Activity.Rates::oneMinute)
            .number("fiveMinutes", "over the last five minutes", Activity.Rates::fiveMinutes)
            .number("fifteenMinutes", "over the last fifteen minutes", Activity.Rates::fifteenMinutes);

    private static final View<Activity.Times> TIMES = View.<Activity.Times>of(
                    "times", "How long something took in about the last fifteen minutes, to within one percent.")
            .whole("count", "how often it was measured; if never, the others are null", Activity.Times::count)
            .seconds("p50Seconds?", "half took no longer", Activity.Times::p50)
            .seconds("p95Seconds?", "19 of 20 took no longer", Activity.Times::p95)
            .seconds("p99Seconds?", "99 of 100 took no longer", Activity.Times::p99)
            .seconds("maxSeconds?", "the longest", Activity.Times::max);

    private static final View<Activity.Lately> PER_MINUTE = View.<Activity.Lately>of(
                    "per minute", "What some jobs did, per minute.")
            .one("submitted", RATES, "jobs that were admitted", Activity.Lately::submitted)
            .one("started", RATES, "runs that began, repeated ones among them", Activity.Lately::started)
            .one("completed", RATES, "jobs that completed", Activity.Lately::completed)
            .one("failed", RATES, "jobs that failed for good", Activity.Lately::failed)
            .one("cancelled", RATES, "jobs that were cancelled", Activity.Lately::cancelled);

    private static final View<Activity.Lately> ACTIVITY = View.<Activity.Lately>of(
                    "activity", "What some jobs did lately. It begins anew when the host starts.")
            .one("perMinute", PER_MINUTE, "how often", activity -> activity)
            .one("waits", TIMES, "from becoming ready to the start", Activity.Lately::waits)
            .one("runs", TIMES, "from the handler's first line to the end of the run", Activity.Lately::runs);

    private static final View<Load> LOAD = View.<Load>of("load", "How many jobs there were to do at one moment.")
            .instant("at", "when", Load::at)
            .whole("queued", "how many were ready", Load::queued)
            .whole("running", "how many ran", Load::running);

    /** All there is. */
    public static final View<StatisticsNumbers> STATISTICS = View.<StatisticsNumbers>of(
                    "statistics", "Numbers over all jobs there are, and what they did in the last fifteen minutes.")
            .whole("total", "all jobs", now(Statistics::total))
            .counts("byStatus", "jobs by status; every status is there", now(numbers -> byText(numbers.byStatus())))
            .counts("byPriority", "jobs by level", now(numbers -> new TreeMap<>(numbers.byPriority())))
            .counts(
                    "queuedByPriority",
                    "ready jobs by level",
                    now(numbers -> new TreeMap<>(numbers.queuedByPriority())))
            .counts("byQueue", "jobs by queue", now(numbers -> new TreeMap<>(numbers.byQueue())))
            .counts("byType", "jobs by type", now(numbers -> new TreeMap<>(numbers.byType())))
            .counts("bySubmitter", "jobs by who asked for them", now(numbers -> new TreeMap<>(numbers.bySubmitter())))
            .seconds(
                    "oldestReadySeconds?", "how long the oldest ready job has been ready", now(Statistics::oldestReady))
            .one(
                    "activity",
                    ACTIVITY,
                    "of all jobs",
                    numbers -> numbers.lately().all())
            .map(
                    "activityByQueue",
                    ACTIVITY,
                    "by queue",
                    numbers -> numbers.lately().byQueue())
            .map(
                    "activityByType",
                    ACTIVITY,
                    "by type",
                    numbers -> numbers.lately().byType())
            .list(
                    "load",
                    LOAD,
                    "how many jobs there were to do: one for each five seconds since the host started, the oldest first",
                    StatisticsNumbers::load);

    private StatisticsView() {}

    /**
     * All there is.
     *
     * @param now how many jobs there are
     * @param lately what they did
     * @param load how many there were to do
     */
    public record StatisticsNumbers(Statistics now, Activity lately, List<Load> load) {

        public StatisticsNumbers {
            load = List.copyOf(load);
        }

        /** As the host knows them just now. */
        public static StatisticsNumbers of(HostQueries host) {
            return new StatisticsNumbers(host.statistics(), host.activity(), host.load());
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
