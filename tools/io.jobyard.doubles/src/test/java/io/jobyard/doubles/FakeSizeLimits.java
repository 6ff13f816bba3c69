// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.spi.SizeLimits;

/** What is in force by default, until a test sets it. */
public final class FakeSizeLimits implements SizeLimits {

    /** Of a payload and of a result, in bytes. */
    public static final int MOST = 1_048_576;

    public int payloadBytes = MOST;
    public int resultBytes = MOST;
    public int batchJobs = 10_000;
    public int batchBytes = 16 * MOST;

    @Override
    public int maxPayloadBytes() {
        return payloadBytes;
    }

    @Override
    public int maxResultBytes() {
        return resultBytes;
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
