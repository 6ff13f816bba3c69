// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The stored jobs that new ones depend on, as they were before the admission. */
final class ParentJobs {

    private final Map<JobId, StoredJob> stored;

    private ParentJobs(Map<JobId, StoredJob> stored) {
        this.stored = stored;
    }

    /** Looks them up; refuses unknown ones. */
    static ParentJobs of(SubmissionBatch batch, List<Set<JobId>> dependencies, List<JobId> inThisCall, JobReads reads) {
        Set<JobId> wanted = new HashSet<>();
        dependencies.forEach(wanted::addAll);
        if (wanted.isEmpty()) {
            return new ParentJobs(Map.of());
        }
        Map<JobId, StoredJob> found = reads.jobs(wanted);
        wanted.removeAll(found.keySet());
        inThisCall.forEach(wanted::remove);
        for (int i = 0; i < dependencies.size() && !wanted.isEmpty(); i++) {
            for (JobId each : dependencies.get(i)) {
                if (wanted.contains(each)) {
                    throw batch.fault(
                            i,
                            new ValidationException(
                                    "dependencies", "dependency " + each + " is unknown: no job has that id"));
                }
            }
        }
        return new ParentJobs(found);
    }

    Stream<Job> jobs() {
        return stored.values().stream().map(StoredJob::job);
    }

    boolean completed(JobId id) {
        StoredJob parent = stored.get(id);
        return parent != null && parent.job().status() == JobStatus.COMPLETED;
    }
}
