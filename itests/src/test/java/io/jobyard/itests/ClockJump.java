// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.time.Duration;
import java.util.Random;

/** The clock of the host's machine jumps: to two hours before or after that of all others, or to theirs. */
final class ClockJump implements Mishap {

    private final Random random;

    ClockJump(Random random) {
        this.random = random;
    }

    @Override
    public boolean befall(SharedHost host) throws Exception {
        host.clock().jumpTo(Duration.ofHours(2 * (random.nextInt(3) - 1L)));
        return true;
    }
}
