// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.jobs.Assignment;

/**
 * The run that holds a job.
 *
 * @param run its number
 * @param life the number of the life of its host
 */
record RunHolder(int run, int life) {

    /** Whether that is the run. */
    boolean is(Assignment assigned, Lives lives) {
        return run == assigned.stored().run()
                && lives.life(life).id().equals(assigned.stored().incarnation());
    }
}
