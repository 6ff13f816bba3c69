// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.usage;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Stored usage of units by runs. The service is registered while the store is open. */
@ProviderType
public interface UsageStore {

    /**
     * Stores the usage of a run so far, whether or not the run still holds its job.
     *
     * @param uses values; each replaces the value with the same job, run, start and unit
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Void> keep(List<RunUse> uses);

    /** Returns the usage by the runs of a job, sorted by run and unit. The job may have been removed. */
    List<RunUse> uses(JobId job);

    /**
     * Returns the usage by all runs in a time range, page by page.
     *
     * @param since earliest start of a run
     * @param until end of the range, exclusive
     * @param after the last entry of the previous page; null for the first page
     * @return entries by start of the runs
     */
    List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit);

    /**
     * Removes usage of runs that began before an instant, at most {@code limit} entries in one commit. Completes after the commit with the
     * number of removed entries.
     */
    CompletableFuture<Integer> forget(Instant before, int limit);
}
