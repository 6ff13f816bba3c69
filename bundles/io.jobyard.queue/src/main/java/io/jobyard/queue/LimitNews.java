// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitUse;

/** Takes what is to be stored and told of limits, and knows what they share. Guarded by the lock of {@link Lanes}. */
interface LimitNews {

    /** This replaces what was stored of the same key. */
    void changed(LimitUse use);

    /** A warning threshold is passed; comes before the use with which that is stored. */
    void passed(LimitEvent event);

    /** How many jobs all hosts do at once, as far as is known. */
    int slots();
}
