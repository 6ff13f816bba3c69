// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;

/**
 * Range of the jobs that a block of the search index may contain.
 *
 * @param number number of the block; blocks are not in this order
 * @param least the lowest job ID that the block has ever contained
 * @param createdFrom earliest creation time, in microseconds since 1970 UTC
 * @param createdTo latest creation time, in microseconds since 1970 UTC
 * @param greatest the highest job ID that the block has ever contained
 */
public record BlockHeader(int number, JobId least, JobId greatest, long createdFrom, long createdTo) {

    boolean mayHold(JobId id) {
        return least.compareTo(id) <= 0 && greatest.compareTo(id) >= 0;
    }

    BlockHeader with(JobId id, long createdAt) {
        return new BlockHeader(
                number,
                id.compareTo(least) < 0 ? id : least,
                id.compareTo(greatest) > 0 ? id : greatest,
                Math.min(createdFrom, createdAt),
                Math.max(createdTo, createdAt));
    }
}
