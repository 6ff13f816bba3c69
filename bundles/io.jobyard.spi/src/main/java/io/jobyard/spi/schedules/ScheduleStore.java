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
 * What the store keeps of schedules. The service is there while the store is open.
 *
 * <p>Changes go through one writing thread, which commits what has arrived in one transaction and then completes each
 * caller's future; a change that fails does so alone. Questions see what is committed.
 */
@ProviderType
public interface ScheduleStore {

    /**
     * Changes a schedule and admits the jobs that come of it, in one commit, if the schedule still has the version that the change
     * saw. There is never a second job for one fire, while the first is stored.
     *
     * @return completed after the commit: true, or false if the schedule had changed meanwhile and nothing was stored;
     *     exceptionally with {@link io.jobyard.api.StoreException} if nothing is stored because the store refuses it, closes, or
     *     takes nothing now, also where a fire has a job already; with {@link io.jobyard.api.QuotaException} if other hosts have let
     *     in all that a quota allows
     */
    CompletableFuture<Boolean> store(ScheduleChange change);

    /**
     * All schedules.
     *
     * @return in no order
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    List<StoredSchedule> schedules();

    /**
     * One schedule.
     *
     * @return as it is stored; empty if there is none
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    Optional<StoredSchedule> schedule(String name);

    /**
     * The jobs of a schedule's latest fires that are still stored.
     *
     * @return the one with the latest fire first
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    List<StoredJob> latestJobs(String name, int limit);

    /**
     * The job of a fire.
     *
     * @return its job; empty if there was none, or it is not stored any more
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    Optional<JobId> jobOf(Fire fire);
}
