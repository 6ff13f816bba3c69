// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/**
 * Whether this host is the steward, and whether it goes on from what the steward before it has stored: only then does it start
 * jobs. Safe for use by several threads.
 */
final class StewardTerm {

    private int count;
    private boolean steward;
    private boolean held;

    synchronized void follow(boolean isSteward) {
        if (isSteward && !steward) {
            count++;
        }
        steward = isSteward;
        held &= isSteward;
    }

    synchronized boolean isSteward() {
        return steward;
    }

    /** The number of the one that is to begin; 0 if none is. */
    synchronized int begins() {
        return steward && !held ? count : 0;
    }

    /** Begins the one with that number; false if it is over, or has begun. */
    synchronized boolean begin(int number) {
        boolean begins = number != 0 && number == begins();
        held |= begins;
        return begins;
    }

    /** Whether this host may start jobs. */
    synchronized boolean isHeld() {
        return held;
    }
}
