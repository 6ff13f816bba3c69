// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** What the store must not do where several hosts share a database, done on purpose: the simulator has to find each. */
enum SeededFault {
    NONE(0),
    /** Who ends a life or is elected updates the row plainly, and does not wait for transactions that hold it. */
    PLAIN_UPDATE(3830),
    /** An admission does not hold the jobs that its own depend on. */
    PARENTS_NOT_HELD(3173),
    /** A release marker goes without a look at admissions that are on their way, and count on it. */
    UNMARKED_NOT_HELD(4200),
    /** An admission does not hold the groups that its jobs join. */
    GROUPS_NOT_HELD(21400),
    /** What any other life runs counts as lost. */
    LIVING_RUNS_ARE_LOST(3061),
    /** Other hosts read rows of the feed before they are committed, so the places of runs are free before these are over. */
    FEED_BEFORE_COMMIT(3060),
    /** A takeover forgets the feed of lives that have ended before it has read it to its end. */
    FORGOTTEN_BEFORE_READ(3064),
    /** A host tells what it has committed before that of others on which it rests. */
    OWN_BEFORE_OTHERS(3062),
    /** What is drawn of limits is not stored before the starts that drew it. */
    USE_NOT_STORED(3254),
    /** A commit whose answer was lost counts as not made. */
    LOST_ANSWER_IS_A_NO(3060),
    /** What a run stores is stored whether the run holds its job or not. */
    STEPS_NOT_FENCED(3025),
    /** Who gives a signal, and who begins to wait for one, do not hold the job. */
    SIGNALS_NOT_HELD(3297);

    /** One that finds it, or a little before one. */
    final long seed;

    SeededFault(long seed) {
        this.seed = seed;
    }
}
