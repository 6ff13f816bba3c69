// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Size limits of input. Readers and writers check them while they process the data, so that oversized data is never completely in memory.
 * Each method returns the current value, and is named like its key in {@code io.jobyard.scheduler}.
 */
@ProviderType
public interface SizeLimits {

    /** Returns the maximum size of a payload as JSON, in bytes: {@code max.payload.bytes}. */
    int maxPayloadBytes();

    /** Returns the maximum size of a result as JSON, in bytes: {@code max.result.bytes}. */
    int maxResultBytes();

    /** Returns the maximum number of jobs in one call: {@code max.batch.jobs}. */
    int maxBatchJobs();

    /** Returns the maximum total size of the payloads in one call as JSON, in bytes: {@code max.batch.bytes}. */
    int maxBatchBytes();
}
