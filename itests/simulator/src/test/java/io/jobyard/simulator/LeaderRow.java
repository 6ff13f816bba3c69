// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/**
 * Who starts jobs.
 *
 * @param epoch the number of the election
 * @param life the number of the life that won it
 */
record LeaderRow(long epoch, int life, long until) {

    /** Its table has one. */
    static final int KEY = 1;

    static final LeaderRow NOBODY = new LeaderRow(0, 0, 0);
}
