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

/** Stored dependencies of new jobs, in their state before the admission. */
final class ParentJobs {

    private final Map<JobId, StoredJob> stored;

    private ParentJobs(Map<JobId, StoredJob> stored) {
        this.stored = stored;
    }

    /** Reads the dependencies. Rejects unknown jobs. */
    static ParentJobs of(SubmissionBatch batch, List<AskedJob> asked, JobReads reads) {
        Set<JobId> wanted = new HashSet<>();
        asked.forEach(job -> wanted.addAll(job.dependencies()));
        if (wanted.isEmpty()) {
            return new ParentJobs(Map.of());
        }
        Map<JobId, StoredJob> found = reads.jobs(wanted);
        wanted.removeAll(found.keySet());
        asked.forEach(job -> wanted.remove(job.id()));
        for (AskedJob job : wanted.isEmpty() ? List.<AskedJob>of() : asked) {
            for (JobId each : job.dependencies()) {
                if (wanted.contains(each)) {
                    throw batch.fault(
                            job.position(),
                            new ValidationException(
                                    "dependencies", "unknown dependency " + each + ": no job has this ID"));
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
