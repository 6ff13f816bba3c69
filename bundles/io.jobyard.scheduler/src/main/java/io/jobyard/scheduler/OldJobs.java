// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.handlers.TypeRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of one type, or of all types except some, with one status and one retention in days.
 *
 * @param type job type; null for all types
 * @param others types with their own retention
 */
record OldJobs(JobStatus end, int days, @Nullable String type, Set<String> others) {

    private static final List<JobStatus> ENDS = List.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);

    /** Returns all that are not kept forever. */
    static List<OldJobs> of(RetentionSettings usual, Map<String, TypeRules> types) {
        List<OldJobs> all = new ArrayList<>();
        for (JobStatus end : ENDS) {
            Map<String, Integer> own = new TreeMap<>();
            types.forEach((type, rules) -> {
                Integer days = end == JobStatus.COMPLETED
                        ? rules.kept().completedDays()
                        : rules.kept().failedDays();
                if (days != null) {
                    own.put(type, days);
                }
            });
            all.add(new OldJobs(end, usual.days(end), null, Set.copyOf(own.keySet())));
            own.forEach((type, days) -> all.add(new OldJobs(end, days, type, Set.of())));
        }
        all.removeIf(old -> old.days == 0);
        return all;
    }

    /** Returns candidates by creation time, because a query cannot use the end time. Some may still be within the retention. */
    JobQuery query(int limit, Instant before) {
        JobFilter ended = JobFilter.ALL.withStatus(end).withUntil(before);
        return JobQuery.of(type == null ? ended : ended.withType(type), limit);
    }

    boolean contains(Job job) {
        return !others.contains(job.type());
    }
}
