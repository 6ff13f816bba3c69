// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Numbers that rows of the feed use for lanes and incarnations, for other hosts. */
public record FollowerNumbers(LaneTable lanes, Incarnations lives) {

    StandingChange standing(Session session, @Nullable StoredJob before, StoredJob after, boolean releases)
            throws SQLException {
        return new StandingChange(
                before,
                after,
                lane(session, after),
                before == null ? 0 : lane(session, before),
                life(after.incarnation()),
                life(before == null ? null : before.incarnation()),
                releases);
    }

    int lane(Session session, StoredJob job) throws SQLException {
        return lanes.number(session, job.lane());
    }

    private int life(@Nullable UUID incarnation) {
        return incarnation == null ? 0 : lives.life(incarnation).number();
    }
}
