// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/** Term of this host as the leader. The host starts jobs only after it has loaded the state of the previous leader. */
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

    /** Returns the number of the term that has not begun yet; 0 for none. */
    synchronized int begins() {
        return leader && !held ? count : 0;
    }

    /** Begins the term with this number. Returns false if it has ended, or has already begun. */
    synchronized boolean begin(int number) {
        boolean begins = number != 0 && number == begins();
        held |= begins;
        return begins;
    }

    /** Returns whether this host may start jobs. */
    synchronized boolean isHeld() {
        return held;
    }
}
