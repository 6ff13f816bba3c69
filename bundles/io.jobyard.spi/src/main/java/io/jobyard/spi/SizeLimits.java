// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Size limits of input. Readers and writers check them while they process the data, so that oversized data is never completely in memory.
 * Each method returns the current value, and is named like its key in {@code io.jobyard.scheduler}.
 */
@ProviderType
public interface SizeLimits {

    /**
     * {@code max.payload.bytes}.
     *
     * @return largest size of a payload as JSON, in bytes
     */
    int maxPayloadBytes();

    /**
     * {@code max.result.bytes}.
     *
     * @return largest size of a result as JSON, in bytes
     */
    int maxResultBytes();

    /**
     * {@code max.batch.jobs}.
     *
     * @return largest number of jobs in one call
     */
    int maxBatchJobs();

    /**
     * {@code max.batch.bytes}.
     *
     * @return largest total size of the payloads of one call as JSON, in bytes
     */
    int maxBatchBytes();
}
