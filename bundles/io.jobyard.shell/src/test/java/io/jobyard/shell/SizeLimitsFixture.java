// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.SizeLimits;

/** Limits to be set by hand. */
final class SizeLimitsFixture implements SizeLimits {

    int payloadBytes = Inputs.MAX_BYTES;
    int batchJobs = 10_000;
    int batchBytes = 16_777_216;

    @Override
    public int maxPayloadBytes() {
        return payloadBytes;
    }

    @Override
    public int maxResultBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maxBatchJobs() {
        return batchJobs;
    }

    @Override
    public int maxBatchBytes() {
        return batchBytes;
    }
}
