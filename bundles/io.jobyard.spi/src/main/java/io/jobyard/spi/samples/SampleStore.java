// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.samples;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Stored samples of the numbers of jobs. The service is registered while the store is open. */
@ProviderType
public interface SampleStore {

    /**
     * Stores a sample. It replaces the one of the same step and time. To bound the size of a sample, the store may join its smallest counts
     * into one without a queue and a type.
     *
     * @return completed after the commit; exceptionally with {@link io.jobyard.api.StoreException} if it is not stored
     */
    CompletableFuture<Void> keep(SampleStep step, JobSample sample);

    /**
     * Returns the samples of a time range, the oldest first.
     *
     * @param since earliest time of a sample
     * @param until end of the range, exclusive
     * @param limit maximum number of samples
     */
    List<JobSample> samples(SampleStep step, Instant since, Instant until, int limit);

    /**
     * Removes the oldest samples from before an instant, at most {@code limit} in one commit. Completes after the commit with the number of
     * removed samples.
     */
    CompletableFuture<Integer> forget(SampleStep step, Instant before, int limit);
}
