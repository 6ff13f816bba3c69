// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Activity;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Statistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statistics as JSON. */
final class StatsJson {

    private StatsJson() {}

    static Map<String, @Nullable Object> of(Statistics now, Activity lately) {
        return Json.object(
                "total", now.total(),
                "byStatus", sorted(now.byStatus(), JobStatus::text, count -> count),
                "byPriority", sorted(now.byPriority(), level -> level, count -> count),
                "queuedByPriority", sorted(now.queuedByPriority(), level -> level, count -> count),
                "byQueue", sorted(now.byQueue(), queue -> queue, count -> count),
                "byType", sorted(now.byType(), type -> type, count -> count),
                "bySubmitter", sorted(now.bySubmitter(), submitter -> submitter, count -> count),
                "oldestReadySeconds", Json.seconds(now.oldestReady()),
                "activity", json(lately.all()),
                "activityByQueue", sorted(lately.byQueue(), queue -> queue, StatsJson::json),
                "activityByType", sorted(lately.byType(), type -> type, StatsJson::json));
    }

    private static Map<String, @Nullable Object> json(Activity.Lately activity) {
        return Json.object(
                "perMinute",
                        Json.object(
                                "submitted", json(activity.submitted()),
                                "started", json(activity.started()),
                                "completed", json(activity.completed()),
                                "failed", json(activity.failed()),
                                "cancelled", json(activity.cancelled())),
                "waits", json(activity.waits()),
                "runs", json(activity.runs()));
    }

    private static Map<String, @Nullable Object> json(Activity.Rates rates) {
        return Json.object(
                "oneMinute", rates.oneMinute(),
                "fiveMinutes", rates.fiveMinutes(),
                "fifteenMinutes", rates.fifteenMinutes());
    }

    private static Map<String, @Nullable Object> json(Activity.Times times) {
        return Json.object(
                "count", times.count(),
                "p50Seconds", Json.seconds(times.p50()),
                "p95Seconds", Json.seconds(times.p95()),
                "p99Seconds", Json.seconds(times.p99()),
                "maxSeconds", Json.seconds(times.max()));
    }

    private static <K, V, N extends Comparable<N>> Map<N, @Nullable Object> sorted(
            Map<K, V> values, Function<K, N> name, Function<V, Object> shown) {
        Map<N, @Nullable Object> sorted = new TreeMap<>();
        values.forEach((key, value) -> sorted.put(name.apply(key), shown.apply(value)));
        return sorted;
    }
}
