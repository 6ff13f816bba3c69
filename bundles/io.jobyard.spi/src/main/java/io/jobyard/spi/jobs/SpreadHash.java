// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hashes of keys of several names, which differ for nearly all of many keys whose names differ in a few digits. */
final class SpreadHash {

    /** Large, or the sums of such names would be the same for many keys. */
    private static final int SPREAD = 0x9E3779B1;

    private SpreadHash() {}

    /** The hash of what has this one so far, and that. */
    static int and(int hash, @Nullable Object next) {
        return SPREAD * hash + Objects.hashCode(next);
    }
}
