// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.limits.NamedLimit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Number of jobs that have started and have not ended, for each value of a limit, by its text. Guarded by the lock of {@link Lanes}.
 */
final class StartedJobs {

    /**
     * Started jobs of a value.
     *
     * @param only ID of the job if there is only one; null if there were several, or if the job started before this host
     */
    record OfValue(long count, @Nullable JobId only) {}

    private static final OfValue NONE = new OfValue(0, null);

    private final Map<String, OfValue> values = new HashMap<>();
    /** Strict orders in use. */
    private final Map<String, StrictOrder> orders = new HashMap<>();

    StrictOrder order(NamedLimit value, Supplier<StrictOrder> fresh) {
        return orders.computeIfAbsent(value.text(), text -> fresh.get());
    }

    void forgetOrder(String value) {
        orders.remove(value);
    }

    void opened(StoreSnapshot snapshot) {
        values.clear();
        snapshot.started().forEach(some -> add(some.limits(), some.jobs(), null));
        snapshot.running().forEach(job -> add(job.lane().limits(), 1, job.id()));
    }

    void committed(@Nullable JobSummary before, JobSummary after) {
        List<String> now = limits(after);
        List<String> earlier = before == null ? List.of() : limits(before);
        if (!now.equals(earlier)) {
            add(now.stream().filter(limit -> !earlier.contains(limit)).toList(), 1, after.id());
            earlier.stream().filter(limit -> !now.contains(limit)).forEach(this::remove);
        }
    }

    /** Returns the limits of a job that has started and has not ended; no limits for any other job. */
    private static List<String> limits(JobSummary job) {
        boolean hasStarted = job.status() == JobStatus.RUNNING || job.run() > 0;
        return hasStarted && !job.status().isFinished() ? job.lane().limits() : List.of();
    }

    private void add(Collection<String> limits, long count, @Nullable JobId id) {
        for (String limit : limits) {
            if (NamedLimit.hasValue(limit)) {
                OfValue known = of(limit);
                values.put(limit, new OfValue(known.count + count, known.count == 0 ? id : null));
            }
        }
    }

    private void remove(String limit) {
        OfValue known = of(limit);
        if (known.count > 1) {
            values.put(limit, new OfValue(known.count - 1, null));
        } else if (known.count == 1) {
            values.remove(limit);
            StrictOrder order = orders.get(limit);
            if (order != null) {
                order.moved();
            }
        }
    }

    OfValue of(String limit) {
        return values.getOrDefault(limit, NONE);
    }
}
