// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Number of jobs that a filter matches, in total and by value. Each grouping contains the most frequent {@value #MOST} values.
 *
 * @param byReason numbers by the reason of the status, for jobs that have a reason
 * @param byQueue numbers by the queue in which the jobs are ready, run or ran
 * @param bySchedule numbers by schedule, for jobs that a schedule created
 * @param coverage extent of the count
 */
public record JobFacets(
        long total,
        Map<JobStatus, Long> byStatus,
        Map<Reason, Long> byReason,
        Map<String, Long> byType,
        Map<String, Long> byQueue,
        Map<String, Long> bySubmitter,
        Map<String, Long> bySchedule,
        Coverage coverage) {

    /**
     * Extent of a count.
     *
     * @param lookedBackTo if the count ended early, the creation time back to which all jobs were counted; otherwise null
     * @param asOf if the index lacks the latest commits, the time of the first missing commit; otherwise null
     */
    public record Coverage(
            @Nullable Instant lookedBackTo, @Nullable Instant asOf) {}

    /** Maximum number of values in a grouping. */
    public static final int MOST = 1_000;

    /** Copies the groupings, the most frequent values first. */
    public JobFacets {
        byStatus = frequent(byStatus);
        byReason = frequent(byReason);
        byType = frequent(byType);
        byQueue = frequent(byQueue);
        bySubmitter = frequent(bySubmitter);
        bySchedule = frequent(bySchedule);
    }

    private static <K extends Comparable<? super K>> Map<K, Long> frequent(Map<K, Long> counts) {
        Comparator<Map.Entry<K, Long>> falling = Map.Entry.comparingByValue(Comparator.reverseOrder());
        Map<K, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(falling.thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return Collections.unmodifiableMap(sorted);
    }
}
