// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.views.api.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Submits many equal jobs in slices, each in one commit. Unlike a batch, earlier slices stay stored if a later slice
 * is refused.
 */
final class RepeatedSubmit {

    static final int MOST = 1_000_000;
    private static final int SLICE = 500;

    private final JobManager manager;
    private final SizeLimits limits;

    RepeatedSubmit(JobManager manager, SizeLimits limits) {
        this.manager = manager;
        this.limits = limits;
    }

    List<JobId> submit(JobSpecification one, int times) {
        if (times < 1 || times > MOST) {
            throw new UsageException("--times", "--times " + times + " is out of range; use 1 to " + MOST);
        }
        int most = most(one);
        List<JobId> ids = new ArrayList<>(times);
        while (ids.size() < times) {
            int slice = Math.min(most, times - ids.size());
            try {
                manager.submitAll(Collections.nCopies(slice, one)).stream()
                        .map(Submission::id)
                        .forEach(ids::add);
            } catch (JobyardException e) {
                if (ids.isEmpty()) {
                    // all jobs are equal, so their index is irrelevant
                    throw e.getCause() instanceof ValidationException fault ? fault : e;
                }
                throw new PartlySubmittedException(e, ids, times);
            }
        }
        return ids;
    }

    /** Returns the maximum number of jobs for one call. */
    private int most(JobSpecification one) {
        int bytes = JsonWriter.compact(Objects.requireNonNull(one.payload())).getBytes(StandardCharsets.UTF_8).length;
        return Math.max(1, Math.min(Math.min(SLICE, limits.maxBatchJobs()), limits.maxBatchBytes() / bytes));
    }
}
