// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.spi.jobs.Assignment;

/**
 * Run that holds a job.
 *
 * @param run number of the run
 * @param life number of the incarnation of its host
 */
public record RunHolder(int run, int life) {

    /** Returns whether this is the assigned run. */
    public boolean is(Assignment assigned, Incarnations lives) {
        return run == assigned.stored().run()
                && lives.life(life).id().equals(assigned.stored().incarnation());
    }
}
