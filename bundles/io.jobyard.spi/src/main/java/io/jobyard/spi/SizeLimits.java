// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * How much may come in at once. Asked by whoever reads or writes it, while it does, so that what is too large is never whole in memory. Each
 * answer is the value in force now, named like its key in {@code io.jobyard.scheduler}.
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
