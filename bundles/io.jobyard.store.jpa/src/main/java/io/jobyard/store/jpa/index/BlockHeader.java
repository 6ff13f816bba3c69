// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;

/**
 * Which jobs a block of the search index may hold.
 *
 * @param number its number; says nothing about the order
 * @param least the least id that it ever held
 * @param createdFrom the first time of creation, in microseconds since 1970 UTC
 * @param createdTo the last one
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
