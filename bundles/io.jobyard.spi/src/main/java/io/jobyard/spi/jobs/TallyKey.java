// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Values by which jobs are counted.
 *
 * @param priority the requested priority
 * @param queue the queue in which a job runs or ran, otherwise the requested one; null for none
 */
public record TallyKey(
        JobStatus status, int priority, @Nullable String queue, String type, String submitter) {

    /** Returns the counter of a job. */
    public static TallyKey of(JobSummary job) {
        LaneKey lane = job.lane();
        return new TallyKey(job.status(), lane.priority(), job.queue(), lane.type(), lane.submitter());
    }

    /** Returns the queue under which a job is counted, as in {@link JobSummary}. */
    public static @Nullable String queue(Job job) {
        return job.state().staysInQueue()
                ? job.state().run().queue()
                : job.terms().routing().queue();
    }

    /** Returns a hash that differs for nearly all keys whose names differ in a few digits. */
    @Override
    public int hashCode() {
        int hash = SpreadHash.and(priority, status);
        hash = SpreadHash.and(hash, queue);
        hash = SpreadHash.and(hash, type);
        return SpreadHash.and(hash, submitter);
    }
}
