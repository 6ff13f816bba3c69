// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import java.util.Comparator;
import java.util.UUID;

/** From which end of the ids, which rise with the time of creation, a list goes to the other. */
enum ListOrder {
    YOUNGEST_FIRST {
        @Override
        JobId first(BlockHeader block) {
            return block.greatest();
        }

        @Override
        JobId last(BlockHeader block) {
            return block.least();
        }

        @Override
        JobId begin() {
            return Ids.GREATEST;
        }

        @Override
        JobId end() {
            return Ids.LEAST;
        }

        @Override
        Comparator<JobId> comparator() {
            return Comparator.reverseOrder();
        }

        @Override
        JobId before(JobId id) {
            long low = id.value().getLeastSignificantBits() + 1;
            return new JobId(new UUID(id.value().getMostSignificantBits() + (low == 0 ? 1 : 0), low));
        }
    },
    OLDEST_FIRST {
        @Override
        JobId first(BlockHeader block) {
            return block.least();
        }

        @Override
        JobId last(BlockHeader block) {
            return block.greatest();
        }

        @Override
        JobId begin() {
            return Ids.LEAST;
        }

        @Override
        JobId end() {
            return Ids.GREATEST;
        }

        @Override
        Comparator<JobId> comparator() {
            return Comparator.naturalOrder();
        }

        @Override
        JobId before(JobId id) {
            long low = id.value().getLeastSignificantBits() - 1;
            return new JobId(new UUID(id.value().getMostSignificantBits() - (low == -1 ? 1 : 0), low));
        }
    };

    static ListOrder of(JobQuery query) {
        return query.order() == JobQuery.Order.OLDEST_FIRST ? OLDEST_FIRST : YOUNGEST_FIRST;
    }

    /** The first job that a block may hold. */
    abstract JobId first(BlockHeader block);

    /** The last one. */
    abstract JobId last(BlockHeader block);

    /** Stands before all jobs. */
    abstract JobId begin();

    /** Stands behind all jobs. */
    abstract JobId end();

    abstract Comparator<JobId> comparator();

    /** The id just before another one. */
    abstract JobId before(JobId id);

    boolean isBefore(JobId one, JobId other) {
        return comparator().compare(one, other) < 0;
    }
}
