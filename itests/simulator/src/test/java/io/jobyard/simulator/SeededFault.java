// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** Broken rules of a database that several hosts share. The simulator must find each. */
enum SeededFault {
    NONE(0),
    /** Ending an incarnation, or an election, updates the row without waiting for transactions that lock it. */
    PLAIN_UPDATE(3830),
    /** An admission does not lock the jobs on which its own jobs depend. */
    PARENTS_NOT_HELD(3173),
    /** A release marker is deleted without checking unfinished admissions that rely on it. */
    UNMARKED_NOT_HELD(4200),
    /** An admission does not lock the groups that its jobs join. */
    GROUPS_NOT_HELD(21400),
    /** Runs of other living incarnations count as lost. */
    LIVING_RUNS_ARE_LOST(3061),
    /** Other hosts read rows of the feed before these are committed, so slots of runs are released too early. */
    FEED_BEFORE_COMMIT(3060),
    /** A takeover drops the feed of ended incarnations before it has read all of it. */
    FORGOTTEN_BEFORE_READ(3064),
    /** A host publishes its own commit before those of other hosts that the commit depends on. */
    OWN_BEFORE_OTHERS(3062),
    /** Use of limits is not stored before the starts that use them. */
    USE_NOT_STORED(3254),
    /** A commit whose answer was lost counts as failed. */
    LOST_ANSWER_IS_A_NO(3060),
    /** State of a run is stored whether or not the run holds its job. */
    STEPS_NOT_FENCED(3025),
    /** Sending a signal, and beginning to wait for one, do not lock the job. */
    SIGNALS_NOT_HELD(1200),
    /** A host that starts does not read which jobs have started. */
    STARTED_NOT_READ(3300);

    /** Seed that finds the fault, or a seed a little before one. */
    final long seed;

    SeededFault(long seed) {
        this.seed = seed;
    }
}
