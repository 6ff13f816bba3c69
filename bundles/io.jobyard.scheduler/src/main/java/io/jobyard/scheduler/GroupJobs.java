// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.reads.JobReads;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups that the jobs of one call join or close, in their state before the admission. */
final class GroupJobs {

    private final SubmissionBatch batch;
    private final String submitter;
    private final JobReads reads;
    private final Map<String, Optional<JobId>> ends = new HashMap<>();
    private final Map<String, Set<JobId>> joining = new HashMap<>();

    GroupJobs(SubmissionBatch batch, String submitter, JobReads reads) {
        this.batch = batch;
        this.submitter = submitter;
        this.reads = reads;
    }

    /** Records that the job at this index is new. */
    void join(int position, JobId id) {
        String group = terms(position).identity().group();
        if (group != null) {
            requireOpen(position, group);
            joining.computeIfAbsent(group, any -> new LinkedHashSet<>()).add(id);
        }
    }

    /** Returns the jobs that a new end job depends on, once all jobs have joined; empty for other jobs. */
    Set<JobId> awaitedBy(int position) {
        String group = terms(position).identity().endsGroup();
        if (group == null) {
            return Set.of();
        }
        requireOpen(position, group);
        Set<JobId> jobs = new LinkedHashSet<>(reads.groupJobs(submitter, group, JobGroup.MOST + 1));
        jobs.addAll(joining.getOrDefault(group, Set.of()));
        if (jobs.isEmpty()) {
            throw refusal(position, "has no jobs: submit them first, or in the same call");
        } else if (jobs.size() > JobGroup.MOST) {
            throw refusal(
                    position,
                    "has more than " + JobGroup.MOST + " jobs, the maximum for an end job: use several groups");
        }
        return jobs;
    }

    private JobTerms terms(int position) {
        return batch.asked().get(position).terms();
    }

    private void requireOpen(int position, String group) {
        Optional<JobId> end = ends.computeIfAbsent(group, name -> reads.groupEnd(submitter, name));
        if (end.isPresent()) {
            throw batch.fault(position, closed(group, end.get()));
        }
    }

    private static ValidationException closed(String group, JobId end) {
        return new ValidationException(
                "group", "group '" + group + "' is closed, because it has the end job " + end + ": use another group");
    }

    private ValidationException refusal(int position, String why) {
        @Nullable String group = terms(position).identity().endsGroup();
        return batch.fault(position, new ValidationException("endsGroup", "group '" + group + "' " + why));
    }
}
