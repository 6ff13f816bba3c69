// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.store.jpa.sql.Ids;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;

/** Order of a list by ID; IDs rise with the time of creation. */
enum ListOrder {
    YOUNGEST_FIRST(Comparator.reverseOrder(), Ids.GREATEST, Ids.LEAST, BlockHeader::greatest, BlockHeader::least, 1),
    OLDEST_FIRST(Comparator.naturalOrder(), Ids.LEAST, Ids.GREATEST, BlockHeader::least, BlockHeader::greatest, -1);

    private final Comparator<JobId> comparator;
    private final JobId begin;
    private final JobId end;
    private final Function<BlockHeader, JobId> first;
    private final Function<BlockHeader, JobId> last;
    private final int back;

    ListOrder(
            Comparator<JobId> comparator,
            JobId begin,
            JobId end,
            Function<BlockHeader, JobId> first,
            Function<BlockHeader, JobId> last,
            int back) {
        this.comparator = comparator;
        this.begin = begin;
        this.end = end;
        this.first = first;
        this.last = last;
        this.back = back;
    }

    static ListOrder of(JobQuery query) {
        return query.order() == JobQuery.JobOrder.OLDEST_FIRST ? OLDEST_FIRST : YOUNGEST_FIRST;
    }

    /** Returns the first position that a job of the block can have. */
    JobId first(BlockHeader block) {
        return first.apply(block);
    }

    /** Returns the last position that a job of the block can have. */
    JobId last(BlockHeader block) {
        return last.apply(block);
    }

    /** Returns the position before all jobs. */
    JobId begin() {
        return begin;
    }

    /** Returns the position after all jobs. */
    JobId end() {
        return end;
    }

    Comparator<JobId> comparator() {
        return comparator;
    }

    /** Returns the position directly before a job. */
    JobId before(JobId id) {
        long low = id.value().getLeastSignificantBits() + back;
        boolean carries = low == (back > 0 ? 0 : -1);
        return new JobId(new UUID(id.value().getMostSignificantBits() + (carries ? back : 0), low));
    }

    boolean isBefore(JobId one, JobId other) {
        return comparator.compare(one, other) < 0;
    }
}
