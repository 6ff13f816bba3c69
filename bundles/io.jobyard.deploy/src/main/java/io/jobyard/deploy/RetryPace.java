// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

/**
 * Spaces the retries of one failure: at the next scan, and then after 2, 4, 8, 16 and every 20 scans. For one thread.
 */
final class RetryPace {

    /** Maximum number of scans between retries, 10 s: the longest delay until a file is applied. */
    private static final int MOST_LOOKS = 20;

    private int next = 1;
    private int left = 1;

    /** Returns whether this scan retries. Called once per scan. */
    boolean isDue() {
        left--;
        if (left > 0) {
            return false;
        }
        next = Math.min(2 * next, MOST_LOOKS);
        left = next;
        return true;
    }

    /** Starts over after the failure has ended or changed. */
    void reset() {
        next = 1;
        left = 1;
    }
}
