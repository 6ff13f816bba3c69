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
     * @return how many bytes of JSON a payload may have
     */
    int maxPayloadBytes();

    /**
     * {@code max.result.bytes}.
     *
     * @return how many bytes of JSON a result may have
     */
    int maxResultBytes();

    /**
     * {@code max.batch.jobs}.
     *
     * @return how many jobs one call may submit
     */
    int maxBatchJobs();

    /**
     * {@code max.batch.bytes}.
     *
     * @return how many bytes of JSON the payloads of one call may have together
     */
    int maxBatchBytes();
}
