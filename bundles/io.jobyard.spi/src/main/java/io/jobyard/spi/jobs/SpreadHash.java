// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hashes of keys with several names, which differ for nearly all keys whose names differ in a few digits. */
final class SpreadHash {

    /** Multiplier. It is large, because otherwise many keys with such names would have equal sums. */
    private static final int SPREAD = 0x9E3779B1;

    private SpreadHash() {}

    /** Adds a value to a hash. */
    static int and(int hash, @Nullable Object next) {
        return SPREAD * hash + Objects.hashCode(next);
    }
}
