// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.jobs.StoredJob;
import org.jspecify.annotations.Nullable;

/**
 * How a job stood before a change and after it, as other hosts are told: with the numbers of its lanes and of the lives that hold it.
 *
 * @param before null for an admission
 * @param lane the number of the lane after
 * @param laneBefore that before; 0 for an admission
 * @param life the number of the life that holds the run after; 0 if none does
 * @param lifeBefore that before; 0 if none did
 * @param releases whether a release marker that concerns the job was written
 */
record StandingChange(
        @Nullable StoredJob before,
        StoredJob after,
        int lane,
        int laneBefore,
        int life,
        int lifeBefore,
        boolean releases) {}
