// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.spi.feed.Committed;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** What other hosts of the database commit, as the committer reads it. For its thread. */
public interface RemoteFeed {

    /** Of a database that no other host can open. */
    RemoteFeed NONE = new RemoteFeed() {
        @Override
        public RemoteCommits read(Session session) {
            return RemoteCommits.NOTHING;
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

    /** What was read will be told: whatever fails before that is read again. */
    void taken();

    /** What the listeners are told, in the order in which they are: each event with the place of all hosts' events. */
    List<Committed> placed(List<Committed> changes);

    /** How many times something new was taken. For any thread. */
    long times();
}
