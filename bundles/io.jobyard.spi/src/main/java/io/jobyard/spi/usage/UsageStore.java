// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.usage;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps what runs have used of units. The service is there while the store is open. */
@ProviderType
public interface UsageStore {

    /**
     * Keeps what a run has used so far. No run is asked whether it still holds its job: what it used is used.
     *
     * @param uses each replaces the one of the same job, run, beginning and unit
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Void> keep(List<RunUse> uses);

    /**
     * What the runs of a job have used.
     *
     * @param job the job, which may be removed by now
     * @return by run and unit
     */
    List<RunUse> uses(JobId job);

    /**
     * What all runs of a time have used, page by page.
     *
     * @param since of runs that began then or later
     * @param until of runs that began before
     * @param after only those behind this one; null for the first page
     * @return by the beginnings of the runs
     */
    List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit);

    /**
     * Forgets what runs have used that began long ago.
     *
     * @param before of runs that began earlier
     * @param limit how many at most, in one commit
     * @return completed after the commit with how many were forgotten
     */
    CompletableFuture<Integer> forget(Instant before, int limit);
}
