// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stored schedules. The service is registered while the store is open.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others. Reads see committed data,
 * and throw {@link io.jobyard.api.StoreException} if the store does not answer.
 */
@ProviderType
public interface ScheduleStore {

    /**
     * Changes a schedule and admits its jobs in one commit, if the schedule still has the version that the change read. A scheduled time
     * never gets a second job while the first is stored.
     *
     * @return completes after the commit: true, or false if the schedule had changed meanwhile and nothing was stored; exceptionally with
     * {@link io.jobyard.api.StoreException} if nothing was stored, because the store rejects it, closes, or accepts nothing now, or because
     * a scheduled time already has a job; with {@link io.jobyard.api.QuotaException} if other hosts have used up a quota
     */
    CompletableFuture<Boolean> store(ScheduleChange change);

    /** Returns all schedules, in no order. */
    List<StoredSchedule> schedules();

    /** Finds a stored schedule; empty if unknown. */
    Optional<StoredSchedule> schedule(String name);

    /** Returns the stored jobs of a schedule's latest times, the latest first. */
    List<StoredJob> latestJobs(String name, int limit);

    /** Returns the job of a scheduled time; empty if no job was created, or it was removed. */
    Optional<JobId> jobOf(Fire fire);
}
