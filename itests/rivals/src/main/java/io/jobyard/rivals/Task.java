// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/** What is asked of each contender, each time anew: a fresh process on an empty database, nothing warmed up. */
enum Task {
    /** Single jobs from one thread. */
    SUBMIT(5_000),
    /** Jobs by the thousand, and then until all are completed. */
    DRAIN(20_000),
    /** Single jobs from four threads while workers run them, until all are completed. */
    WORK(20_000),
    /** A job each 50 ms on an idle host. */
    LATENCY(200);

    static final int BYTES = 200;
    static final int BULK = 1_000;
    static final int SUBMITTERS = 4;
    static final long EVERY_MILLIS = 50;

    private final int jobs;

    Task(int jobs) {
        this.jobs = jobs;
    }

    /** How many, or a tenth of them. */
    int jobs(boolean quick) {
        return quick ? jobs / 10 : jobs;
    }
}
