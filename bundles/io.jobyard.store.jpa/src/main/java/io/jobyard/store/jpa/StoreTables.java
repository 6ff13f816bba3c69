// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.commit.JobStatements;
import io.jobyard.store.jpa.commit.SharedQuotas;
import io.jobyard.store.jpa.commit.StartsInCommit;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.feed.FollowerNumbers;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.incarnation.AuditTable;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.incarnation.HostJoin;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.GroupTables;
import io.jobyard.store.jpa.rows.HandlerTable;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.RouteLookup;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Incarnation of the host in its store, and the tables that its committer writes. */
record StoreTables(
        Incarnation incarnation,
        IncarnationFence fence,
        FeedRows feedRows,
        RouteLookup routes,
        CommitterTables committer) {

    /** Reads the tables. If several hosts share the database, uses its clock as the common time. */
    static StoreTables begin(StoreOpening opening, Optional<String> sharedClock) throws SQLException {
        boolean isShared = sharedClock.isPresent();
        HostCandidate claimant = opening.claimant();
        StoreDialect dialect = opening.dialect();
        Incarnation self = Incarnation.begin(
                opening.source(), opening.clock(), claimant, opening.seal(), sharedClock.map(HostJoin::new));
        IncarnationFence fence = new IncarnationFence(
                self.number(), isShared, claimant.signals() ? claimant.lease().dividedBy(3) : Duration.ZERO);
        Incarnations lives = Incarnations.read(Session.unpooled(opening.source()));
        LaneTable lanes = new LaneTable(isShared);
        HandlerTable handlers = new HandlerTable(isShared);
        ReadyTable ready = new ReadyTable(lanes, dialect.placesInRow());
        FeedRows feedRows = new FeedRows(dialect);
        RouteLookup routes = new RouteLookup();
        FollowerNumbers followers = isShared ? new FollowerNumbers(lanes, lives) : null;
        Leadership leadership = new Leadership(isShared);
        CommitterTables tables;
        try (Session session = new Session(opening.source().getConnection())) {
            tables = new CommitterTables(
                    lives,
                    leadership,
                    new CommitterTables.Jobs(
                            new JobStatements(lives, ready),
                            lanes,
                            ready,
                            new RunningTable(lives),
                            new NeededDependencies(),
                            new StartsInCommit(leadership)),
                    new CommitterTables.Histories(
                            handlers,
                            new HistoryTable(lives, handlers),
                            new SealTable(opening.seal(), self.number()),
                            new AuditTable(opening.seal(), self.id())),
                    FeedTable.open(session, feedRows, fence, opening.clock(), dialect.pageBytes(), routes, followers),
                    new SharedQuotas(sharedClock.orElse("")),
                    new GroupTables(dialect));
        }
        return new StoreTables(self, fence, feedRows, routes, tables);
    }
}
