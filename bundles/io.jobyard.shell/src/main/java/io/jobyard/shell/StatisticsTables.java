// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Activity;
import io.jobyard.api.HostStatus.HostLoad;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Statistics;
import io.jobyard.views.api.StatisticsView.StatisticsNumbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Prints statistics for people. */
final class StatisticsTables {

    /** Maximum number of names to show on a terminal. */
    private static final int MOST_NAMES = 20;

    private final Screen screen;
    private final int mostNames;

    StatisticsTables(Screen screen) {
        this.screen = screen;
        mostNames = screen.isEndless() ? Integer.MAX_VALUE : MOST_NAMES;
    }

    void print(StatisticsNumbers numbers) {
        Statistics now = numbers.now();
        Activity lately = numbers.lately();
        Table statuses = new Table("STATUS", "JOBS");
        for (JobStatus each : JobStatus.values()) {
            statuses.row(each.text(), now.byStatus().getOrDefault(each, 0L));
        }
        statuses.row("total", now.total());
        statuses.print(screen);
        HostLoad slots = numbers.slots();
        screen.lines("\n" + slots.running() + " of " + slots.room() + " worker threads and " + slots.asyncRunning()
                + " of " + slots.asyncRoom() + " asynchronous slots are in use");
        if (now.oldestReady() != null) {
            screen.lines("\nthe oldest ready job has been ready for " + JobText.duration(now.oldestReady()));
        }
        rates(lately.all());
        times(lately.all());
        activities("QUEUE", now.byQueue(), lately.byQueue());
        activities("TYPE", now.byType(), lately.byType());
        priorities(now);
        counts("SUBMITTER", now.bySubmitter());
    }

    private void rates(Activity.Lately lately) {
        Table table = new Table("JOBS A MINUTE", "SUBMITTED", "STARTED", "COMPLETED", "FAILED", "CANCELLED");
        row(table, "last minute", lately, Activity.Rates::oneMinute);
        row(table, "last 5 minutes", lately, Activity.Rates::fiveMinutes);
        row(table, "last 15 minutes", lately, Activity.Rates::fifteenMinutes);
        screen.line("");
        table.print(screen);
    }

    private static void row(Table table, String window, Activity.Lately lately, ToDoubleFunction<Activity.Rates> rate) {
        table.row(
                window,
                number(rate.applyAsDouble(lately.submitted())),
                number(rate.applyAsDouble(lately.started())),
                number(rate.applyAsDouble(lately.completed())),
                number(rate.applyAsDouble(lately.failed())),
                number(rate.applyAsDouble(lately.cancelled())));
    }

    private static BigDecimal number(double exact) {
        return BigDecimal.valueOf(exact).setScale(1, RoundingMode.HALF_UP);
    }

    private void times(Activity.Lately lately) {
        Table table = new Table("LAST 15 MINUTES", "RUNS", "P50", "P95", "P99", "MAX");
        row(table, "wait for the start", lately.waits());
        row(table, "run", lately.runs());
        screen.line("");
        table.print(screen);
    }

    private static void row(Table table, String what, Activity.Times times) {
        table.row(
                what,
                times.count(),
                JobText.optional(times.p50()),
                JobText.optional(times.p95()),
                JobText.optional(times.p99()),
                JobText.optional(times.max()));
    }

    private void activities(String heading, Map<String, Long> jobs, Map<String, Activity.Lately> lately) {
        Table table = new Table(heading, "JOBS", "DONE/MIN", "WAIT P50", "P95", "RUN P50", "P95");
        TreeSet<String> names = new TreeSet<>(jobs.keySet());
        names.addAll(lately.keySet());
        names.stream().limit(mostNames).forEach(name -> {
            Activity.Lately activity = lately.get(name);
            table.row(
                    name,
                    jobs.getOrDefault(name, 0L),
                    activity == null ? null : number(activity.completed().fiveMinutes()),
                    activity == null ? null : JobText.optional(activity.waits().p50()),
                    activity == null ? null : JobText.optional(activity.waits().p95()),
                    activity == null ? null : JobText.optional(activity.runs().p50()),
                    activity == null ? null : JobText.optional(activity.runs().p95()));
        });
        print(table, names.size());
    }

    private void priorities(Statistics now) {
        Table table = new Table("PRIORITY", "JOBS", "READY");
        new TreeMap<>(now.byPriority())
                .forEach((level, jobs) ->
                        table.row(level, jobs, now.queuedByPriority().getOrDefault(level, 0L)));
        if (!now.byPriority().isEmpty()) {
            screen.line("");
            table.print(screen);
        }
    }

    /** Prints counts by name, limited to the names with the most jobs. */
    private <K extends Comparable<K>> void counts(String heading, Map<K, Long> jobs) {
        Table table = new Table(heading, "JOBS");
        jobs.entrySet().stream()
                .sorted(Map.Entry.<K, Long>comparingByValue().reversed())
                .limit(mostNames)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> table.row(entry.getKey(), entry.getValue()));
        print(table, jobs.size());
    }

    private void print(Table table, int names) {
        if (names == 0) {
            return;
        }
        screen.line("");
        table.print(screen);
        if (names > mostNames) {
            screen.line("… and " + (names - mostNames) + " more; --json shows all");
        }
    }
}
