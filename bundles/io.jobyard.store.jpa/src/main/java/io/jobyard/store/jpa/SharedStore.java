// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.cluster.OtherHosts;
import io.jobyard.store.jpa.cluster.SharedNotices;
import io.jobyard.store.jpa.cluster.SubmissionSignals;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.feed.Follower;
import io.jobyard.store.jpa.incarnation.FencedException;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Store on a database that other hosts may use at the same time. */
final class SharedStore extends Store {

    private final OtherHosts others;
    private final @Nullable JpaSubmissionInbox submissions;

    private SharedStore(StoreOpening opening, StoreTables tables, Follower follower, long begunAt) throws SQLException {
        super(opening, tables, follower);
        StoreDialect dialect = opening.dialect();
        HostCandidate claimant = opening.claimant();
        others = new OtherHosts(
                opening.source(),
                dialect,
                new OtherHosts.Begun(tables.incarnation(), claimant, begunAt, follower),
                commits,
                inbox,
                listeners,
                () -> health.tell(StoreFault.FENCED, FencedException.WHY));
        SharedNotices notices = new SharedNotices(tables.incarnation().number(), readers);
        others.atEachLook(notices::look);
        offer(HostStore.class, others.hosts());
        offer(HostNotices.class, notices);
        submissions = dialect.takesSubmissions() ? submissions(dialect, claimant) : null;
        if (submissions != null) {
            offer(SubmissionInbox.class, submissions);
        }
        start();
        others.start();
    }

    /** Opens a store that compares leases with the time of the database. */
    static SharedStore open(StoreOpening opening, String clock) throws SQLException {
        long begunAt = System.nanoTime();
        StoreTables tables = StoreTables.begin(opening, Optional.of(clock));
        CommitterTables.Jobs jobs = tables.committer().jobs();
        Follower follower = new Follower(
                tables.feedRows(),
                jobs.lanes(),
                tables.committer().lives(),
                jobs.running(),
                jobs.needed(),
                tables.committer().leadership(),
                tables.incarnation().number());
        return new SharedStore(opening, tables, follower, begunAt);
    }

    private JpaSubmissionInbox submissions(StoreDialect dialect, HostCandidate claimant) {
        SubmissionSignals signals = new SubmissionSignals(
                Session.unpooled(opening.source()),
                claimant.signals(dialect.signals().orElseThrow()),
                claimant.signals());
        return new JpaSubmissionInbox(inbox, readers, tables.committer().leadership(), signals);
    }

    @Override
    void committed(List<Committed> changes) {
        others.committed(changes);
    }

    @Override
    void beginStop(Duration timeout) throws InterruptedException {
        others.beginStop(timeout);
    }

    @Override
    void stop(Duration timeout) throws InterruptedException {
        if (submissions != null) {
            submissions.close();
        }
        others.stop(timeout);
    }
}
