// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.spi.jobs.Assignment;

/**
 * The run that holds a job.
 *
 * @param run its number
 * @param life the number of the life of its host
 */
public record RunHolder(int run, int life) {

    /** Whether that is the run. */
    public boolean is(Assignment assigned, Incarnations lives) {
        return run == assigned.stored().run()
                && lives.life(life).id().equals(assigned.stored().incarnation());
    }
}
