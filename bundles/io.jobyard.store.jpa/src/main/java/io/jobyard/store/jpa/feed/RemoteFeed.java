// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.feed.Committed;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** Commits of other hosts, as the committer reads them. Only for the committer's thread. */
public interface RemoteFeed {

    /** Feed on a database that no other host can open: always empty. */
    RemoteFeed NONE = new RemoteFeed() {
        @Override
        public RemoteCommits read(Session session) {
            return RemoteCommits.NOTHING;
        }

        @Override
        public boolean commit(Session session) throws SQLException {
            session.commit();
            return false;
        }

        @Override
        public void taken() {}

        @Override
        public List<Committed> placed(List<Committed> changes) {
            return changes;
        }

        @Override
        public long times() {
            return 0;
        }
    };

    /** Reads the new commits of other hosts. */
    RemoteCommits read(Session session) throws SQLException;

    /** Commits. Returns whether other hosts have committed changes that are still to be read. */
    boolean commit(Session session) throws SQLException;

    /** Confirms the delivery of the commits that were read. Without it, the next read returns them again. */
    void taken();

    /** Returns the changes in the order for listeners. Each event has its position among the events of all hosts. */
    List<Committed> placed(List<Committed> changes);

    /** Returns the number of reads that found new commits. For any thread. */
    long times();
}
