// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.ArrayList;
import java.util.List;

/** One submitter's lanes at one level, and its turn. Guarded by the lock of {@link Lanes}. */
final class Submitter {

    final String name;
    final Level level;
    final List<Lane> lanes = new ArrayList<>(1);

    /** Both decide the order within the level; change them only while not in its set. */
    long turn;

    long tie;

    Submitter(String name, Level level) {
        this.name = name;
        this.level = level;
    }
}
