// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.spi.SizeLimits;

/** What is in force by default. */
final class SizeLimitsFixture implements SizeLimits {

    static final int MOST = 1_048_576;

    @Override
    public int maxPayloadBytes() {
        return MOST;
    }

    @Override
    public int maxResultBytes() {
        return MOST;
    }

    @Override
    public int maxBatchJobs() {
        return 10_000;
    }

    @Override
    public int maxBatchBytes() {
        return 16 * MOST;
    }
}
