// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.feed.Committed;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** Commits of other hosts, as the committer reads them. For its thread. */
public interface RemoteFeed {

    /** Feed of a database that no other host can open. */
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

    /** What is new. */
    RemoteCommits read(Session session) throws SQLException;

    /** Commits; returns whether other hosts had committed something new by then, which is still to be read. */
    boolean commit(Session session) throws SQLException;

    /** Confirms that the read commits will be delivered; a failure before that causes them to be read again. */
    void taken();

    /** Returns the changes for listeners, in order: each event with its position among all hosts' events. */
    List<Committed> placed(List<Committed> changes);

    /** Returns the number of reads with new commits. For any thread. */
    long times();
}
