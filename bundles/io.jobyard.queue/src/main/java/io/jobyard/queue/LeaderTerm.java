// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/** Whether this host is the leader and has loaded the state of the previous leader. Only then does it start jobs. */
final class LeaderTerm {

    private int count;
    private boolean leader;
    private boolean held;

    synchronized void follow(boolean isLeader) {
        if (isLeader && !leader) {
            count++;
        }
        leader = isLeader;
        held &= isLeader;
    }

    synchronized boolean isLeader() {
        return leader;
    }

    /** Returns the number of the term that is to begin; 0 without one. */
    synchronized int begins() {
        return leader && !held ? count : 0;
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
